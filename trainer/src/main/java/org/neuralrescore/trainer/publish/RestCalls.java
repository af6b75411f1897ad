// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.io.IOException;
import java.net.SocketException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON to and from paths that the Java client has no types for, such as the plugin's. */
final class RestCalls {
  static final JsonMapper MAPPER = JsonMapper.shared();

  private final RestClient rest;
  private final String address;

  RestCalls(RestClient rest, String address) {
    this.rest = rest;
    this.address = address;
  }

  JsonNode get(String path) {
    return call(new Request("GET", path));
  }

  /** Empty on a 404. */
  Optional<JsonNode> find(String path) {
    try {
      return Optional.of(json(rest.performRequest(new Request("GET", path))));
    } catch (ResponseException e) {
      if (ClientErrors.status(e) == 404) {
        return Optional.empty();
      }
      throw refused("GET " + path, e);
    } catch (IOException e) {
      throw unreachable(address, e);
    }
  }

  JsonNode put(String path, JsonNode body) {
    Request request = new Request("PUT", path);
    request.setEntity(
        new NByteArrayEntity(MAPPER.writeValueAsBytes(body), ContentType.APPLICATION_JSON));
    return call(request);
  }

  JsonNode delete(String path) {
    return call(new Request("DELETE", path));
  }

  private JsonNode call(Request request) {
    try {
      return json(rest.performRequest(request));
    } catch (ResponseException e) {
      throw refused(request.getMethod() + " " + request.getEndpoint(), e);
    } catch (IOException e) {
      throw unreachable(address, e);
    }
  }

  private JsonNode json(Response response) throws IOException {
    try {
      return MAPPER.readTree(EntityUtils.toByteArray(response.getEntity()));
    } catch (JacksonException e) {
      throw new UserError(
          Kind.CLUSTER,
          "[" + address + "] answers, but not in JSON as Elasticsearch does: check the address",
          e);
    }
  }

  private UserError refused(String what, ResponseException e) {
    int status = ClientErrors.status(e);
    if (status == 401) {
      return unauthorized(address, e);
    }
    if (status >= 300 && status < 400) {
      String there = e.getResponse().getHeader("Location");
      return new UserError(
          Kind.CLUSTER,
          "["
              + address
              + "] sends elsewhere with status "
              + status
              + (there == null ? "" : ", to [" + there + "]")
              + ": name the address that is meant, no redirect is followed",
          e);
    }
    return new UserError(
        Kind.CLUSTER,
        "[" + address + "] refused " + what + " with status " + status + ": " + reason(e),
        e);
  }

  static UserError unauthorized(String address, Exception cause) {
    return new UserError(
        Kind.CLUSTER,
        "["
            + address
            + "] does not take this login: check ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD, or"
            + " ELASTICSEARCH_API_KEY, or --login and --password, or --api-key",
        cause);
  }

  static UserError unreachable(String address, IOException cause) {
    // The client wraps what it was told.
    Optional<SSLException> ssl = found(SSLException.class, cause);
    if (ssl.isPresent()) {
      return insecure(address, ssl.get());
    }
    boolean hungUp =
        address.startsWith("http:")
            && (found(SocketException.class, cause)
                    // Reset; those that never came through have types of their own.
                    .filter(why -> why.getClass() == SocketException.class)
                    .isPresent()
                || found(ConnectionClosedException.class, cause).isPresent());
    return new UserError(
        Kind.CLUSTER,
        "no Elasticsearch answers at ["
            + address
            + "] ("
            + cause
            + "): "
            + (hungUp
                ? "it hung up, which is what one does that speaks https; write https://, or name"
                    + " another address"
                : "start one, or name another address"),
        cause);
  }

  private static UserError insecure(String address, SSLException cause) {
    String why = String.valueOf(cause.getMessage());
    if (why.contains("plaintext connection")) {
      return new UserError(
          Kind.CLUSTER, "[" + address + "] does not speak https: write http://", cause);
    }
    boolean name =
        cause instanceof SSLPeerUnverifiedException
            || why.contains("subject alternative")
            || why.contains("No name matching");
    return new UserError(
        Kind.CLUSTER,
        "the certificate of ["
            + address
            + "] is not to be trusted ("
            + why
            + "): "
            + (name
                ? "name the cluster as its certificate does, or have one made for this name"
                : "name the file of who signed it with --ca-certs, or check http and https"),
        cause);
  }

  private static <T extends Throwable> Optional<T> found(Class<T> kind, Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }

  static String reason(ResponseException e) {
    // An answer to a HEAD has no body.
    if (e.getResponse().getEntity() == null) {
      return e.getResponse().getStatusLine().getReasonPhrase();
    }
    try {
      JsonNode error =
          MAPPER.readTree(EntityUtils.toByteArray(e.getResponse().getEntity())).path("error");
      String reason =
          error.isObject() ? error.path("reason").asString("") : error.asString("no reason given");
      String cause = error.path("caused_by").path("reason").asString("");
      return (cause.isEmpty() ? reason : reason + ": " + cause).replaceAll("\\s+", " ");
    } catch (IOException | JacksonException unreadable) {
      return e.getResponse().getStatusLine().getReasonPhrase();
    }
  }
}
