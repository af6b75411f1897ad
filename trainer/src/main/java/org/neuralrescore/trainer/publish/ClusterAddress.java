// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * Where a cluster is and as whom to come.
 *
 * @param uris {@code http} or {@code https}, where no port is named, 9200 for http and 443 for
 *     https; several of one cluster, of one scheme and path, are asked in turn
 * @param login as whom
 * @param trust whose certificate it may have
 */
public record ClusterAddress(List<URI> uris, Login login, Trust trust) {

  /** As whom to come. Its text never shows a secret. */
  public sealed interface Login {}

  /** As nobody: security is off. */
  public record Anonymous() implements Login {}

  /**
   * With a password.
   *
   * @param user name
   * @param password secret
   */
  public record Password(String user, String password) implements Login {
    @Override
    public String toString() {
      return "password of " + user;
    }
  }

  /**
   * With an API key.
   *
   * @param encoded the key as Elasticsearch gives it out, base64 of {@code id:key}; secret
   */
  public record ApiKey(String encoded) implements Login {
    @Override
    public String toString() {
      return "API key";
    }
  }

  public ClusterAddress {
    uris = List.copyOf(uris);
    if (uris.isEmpty()) {
      throw new UserError(Kind.USAGE, "a cluster has one address at least, got none");
    }
    uris.forEach(ClusterAddress::require);
    URI first = uris.get(0);
    for (URI uri : uris) {
      if (!uri.getScheme().equals(first.getScheme()) || !path(uri).equals(path(first))) {
        throw new UserError(
            Kind.USAGE,
            "addresses of one cluster have one scheme and one path, got ["
                + first
                + "] and ["
                + uri
                + "]");
      }
    }
  }

  private static void require(URI uri) {
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.matches("https?") || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new UserError(
          Kind.USAGE,
          "cluster address ["
              + (uri.getUserInfo() == null ? uri : "...")
              + "] must be http(s)://host[:port] without user or password: give those by"
              + " ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD, or ELASTICSEARCH_API_KEY");
    }
  }

  /** With the JDK's trust. */
  public ClusterAddress(List<URI> uris, Login login) {
    this(uris, login, new Trust.OfTheJdk());
  }

  /** The same with other trust. */
  public ClusterAddress trusting(Trust other) {
    return new ClusterAddress(uris, login, other);
  }

  /** A cluster without security. */
  public static ClusterAddress of(URI uri) {
    return new ClusterAddress(List.of(uri), new Anonymous());
  }

  /**
   * Takes the login from {@code ELASTICSEARCH_API_KEY}, or else from {@code ELASTICSEARCH_USER} and
   * {@code ELASTICSEARCH_PASSWORD}, so that no secret stands on a command line.
   *
   * @param environment such as {@code System.getenv()}
   */
  public static ClusterAddress of(URI uri, Map<String, String> environment) {
    return of(List.of(uri), environment);
  }

  /** As above, of a cluster of several addresses. */
  public static ClusterAddress of(List<URI> uris, Map<String, String> environment) {
    String key = environment.getOrDefault("ELASTICSEARCH_API_KEY", "");
    String user = environment.getOrDefault("ELASTICSEARCH_USER", "");
    if (!key.isEmpty()) {
      return new ClusterAddress(uris, new ApiKey(key));
    }
    if (!user.isEmpty()) {
      return new ClusterAddress(
          uris, new Password(user, environment.getOrDefault("ELASTICSEARCH_PASSWORD", "")));
    }
    return new ClusterAddress(uris, new Anonymous());
  }

  /** What messages call it. */
  String name() {
    return uris.stream().map(URI::toString).collect(Collectors.joining(","));
  }

  /** The path before every request's own, without a slash for none. */
  String path() {
    return path(uris.get(0));
  }

  private static String path(URI uri) {
    return uri.getPath() == null || uri.getPath().equals("/") ? "" : uri.getPath();
  }

  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? 443 : 9200;
  }
}
