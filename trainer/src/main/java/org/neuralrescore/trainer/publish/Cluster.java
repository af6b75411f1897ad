// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.publish.ClusterAddress.Anonymous;
import org.neuralrescore.trainer.publish.ClusterAddress.ApiKey;
import org.neuralrescore.trainer.publish.ClusterAddress.Password;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection to a cluster that has the plugin. Thread-safe. Close it. */
public final class Cluster implements AutoCloseable {
  private static final String PLUGIN = "neural-rescore";

  /** The client is of the 8 line and says so in each request; servers of the 9 line answer it. */
  private static final Set<String> MAJORS = Set.of("8", "9");

  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 120_000;

  /**
   * Writes numbers the fast way: vectors are numbers, and their digits were a third of the work.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .build();

  private final ClusterAddress address;
  private final RestClient rest;
  private final RestClientTransport transport;
  private final ElasticsearchClient client;
  private final RestCalls calls;

  private Cluster(ClusterAddress address) {
    this.address = address;
    RestClientBuilder builder =
        RestClient.builder(
                address.uris().stream()
                    .map(
                        uri ->
                            new HttpHost(uri.getHost(), ClusterAddress.port(uri), uri.getScheme()))
                    .toArray(HttpHost[]::new))
            .setRequestConfigCallback(
                request ->
                    request
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setSocketTimeout(ANSWER_MILLIS)
                        // Whoever is pointed at would be sent the login, too.
                        .setRedirectsEnabled(false));
    builder.setHttpClientConfigCallback(address.trust()::configure);
    if (!address.path().isEmpty()) {
      builder.setPathPrefix(address.path());
    }
    if (!(address.login() instanceof Anonymous)) {
      builder.setDefaultHeaders(new Header[] {authorization(address)});
    }
    rest = builder.build();
    transport = new RestClientTransport(rest, new Jackson3JsonpMapper(JSON));
    client = new ElasticsearchClient(transport);
    calls = new RestCalls(rest, address.name());
  }

  /**
   * Connects, and checks that an Elasticsearch of the right line answers and that every node of it
   * has the plugin.
   *
   * @throws UserError of kind CLUSTER
   */
  public static Cluster connect(ClusterAddress address) {
    Cluster cluster = new Cluster(address);
    try {
      cluster.check(address);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void check(ClusterAddress address) {
    // Not the root: the distribution on Maven Central has no handler for it.
    JsonNode nodes = calls.get("/_nodes/plugins").path("nodes");
    if (!nodes.isObject() || nodes.isEmpty()) {
      throw new UserError(
          Kind.CLUSTER,
          "[" + address.name() + "] answers, but not as Elasticsearch: check the address");
    }
    for (JsonNode node : nodes) {
      String version = node.path("version").asString("");
      if (!MAJORS.contains(version.replaceFirst("\\..*", ""))) {
        throw new UserError(
            Kind.CLUSTER,
            "["
                + address.name()
                + "] runs Elasticsearch "
                + version
                + ", and this trainer speaks to 8.19 and 9.x: take a release of neural-rescore that"
                + " knows it");
      }
      if (!hasPlugin(node)) {
        throw new UserError(
            Kind.CLUSTER,
            "node ["
                + node.path("name").asString("")
                + "] of ["
                + address.name()
                + "] lacks the plugin "
                + PLUGIN
                + ": run `bin/elasticsearch-plugin install file:...` on every node and restart it");
      }
    }
  }

  private static boolean hasPlugin(JsonNode node) {
    for (JsonNode plugin : node.path("plugins")) {
      if (plugin.path("name").asString("").equals(PLUGIN)) {
        return true;
      }
    }
    return false;
  }

  private static Header authorization(ClusterAddress address) {
    String value;
    if (address.login() instanceof Password password) {
      byte[] pair = (password.user() + ':' + password.password()).getBytes(StandardCharsets.UTF_8);
      value = "Basic " + Base64.getEncoder().encodeToString(pair);
    } else {
      value = "ApiKey " + ((ApiKey) address.login()).encoded();
    }
    return new BasicHeader("Authorization", value);
  }

  /** The Java client, for whatever this package has no word for. */
  public ElasticsearchClient client() {
    return client;
  }

  /** Where it is and as whom this came. */
  ClusterAddress address() {
    return address;
  }

  /** Calls of the plugin's own paths. */
  RestCalls calls() {
    return calls;
  }

  @Override
  public void close() {
    try {
      transport.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the connection", e);
    }
  }
}
