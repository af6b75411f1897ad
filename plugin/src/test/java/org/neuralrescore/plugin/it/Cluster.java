// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.neuralrescore.trainer.demo.node.ElasticsearchNode;
import org.neuralrescore.trainer.demo.node.NodeOptions;
import org.neuralrescore.trainer.demo.node.PreparedHomes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running node and how to talk to it; the end of the JVM stops it. */
final class Cluster {
  static final JsonMapper JSON = JsonMapper.shared();

  private static final String HEAP = "-Xms512m -Xmx1g";

  /**
   * For a JVM that lives for a test: what C2 compiles while a node starts is half of what the start
   * costs. The node that tests share has it, as operators' nodes do.
   */
  static final String SHORT_LIVED = " -XX:TieredStopAtLevel=1";

  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));

  /** Unpacked and installed once, for all nodes of this JVM. */
  private static final PreparedHomes HOMES = new PreparedHomes();

  private final ElasticsearchNode node;
  private final HttpClient http;

  private Cluster(NodeOptions options, HttpClient http) {
    this.node = ElasticsearchNode.start(options);
    this.http = http;
  }

  private static final class Shared {
    static final Cluster INSTANCE = start(options().javaOptions(HEAP).build());
  }

  /** One node without security, for all integration tests. */
  static Cluster shared() {
    return Shared.INSTANCE;
  }

  /** A node of a test's own. */
  static Cluster start(NodeOptions options) {
    return new Cluster(options, HttpClient.newHttpClient());
  }

  /** A node of a test's own that speaks https. */
  static Cluster start(NodeOptions.Builder options, SSLContext tls) {
    return new Cluster(options.tls(tls).build(), HttpClient.newBuilder().sslContext(tls).build());
  }

  /** With the plugin, in a home of its own whose programs are those of other nodes. */
  static NodeOptions.Builder options() {
    return installed().homes(HOMES);
  }

  /** A node of the release that the plugin was built for, without it. */
  static NodeOptions.Builder withoutPlugin() {
    return unpacked().homes(HOMES);
  }

  /** With the plugin, unpacked and installed for this node, as operators do. */
  static NodeOptions.Builder installed() {
    return unpacked()
        .plugin(ROOT.resolve("plugin/target/" + System.getProperty("neuralrescore.zip")));
  }

  /** Unpacked for this node, without a plugin. */
  static NodeOptions.Builder unpacked() {
    return NodeOptions.of(
            ROOT.resolve(
                "plugin/target/elasticsearch/elasticsearch-"
                    + System.getProperty("elasticsearch.version")
                    + ".zip"))
        .javaOptions(HEAP + SHORT_LIVED);
  }

  /** An answer. */
  record Answer(int status, JsonNode json, HttpResponse<String> response) {
    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /** Every value of a header. */
    Set<String> headers(String name) {
      return Set.copyOf(response.headers().allValues(name));
    }

    /** The answer, which must have this status. */
    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected status " + expected + ", got " + status + ": " + json);
      }
      return this;
    }

    String error() {
      return json.path("error").toString();
    }
  }

  Answer call(String method, String path, String body) {
    return call("", method, path, body);
  }

  Answer call(String method, String path) {
    return call(method, path, "");
  }

  /** Puts a body of any bytes. */
  Answer put(String path, byte[] body) {
    return call("", "PUT", path, HttpRequest.BodyPublishers.ofByteArray(body));
  }

  /** Calls as a user, {@code name:password}, or as nobody where it is empty. */
  Answer call(String user, String method, String path, String body) {
    return call(
        user,
        method,
        path,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
  }

  private Answer call(String user, String method, String path, HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.baseUri() + path))
            .header(
                "Content-Type",
                path.contains("_bulk") ? "application/x-ndjson" : "application/json")
            .method(method, body);
    if (!user.isEmpty()) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void stop() {
    node.close();
  }

  /** Ends it as a power cut would. */
  void kill() {
    ProcessHandle process = ProcessHandle.of(node.pid()).orElseThrow();
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    tree.add(process);
    tree.forEach(ProcessHandle::destroyForcibly);
    tree.forEach(one -> one.onExit().join());
  }

  String log(int lines) {
    return String.join("\n", node.logTail(lines));
  }

  /** Where it is installed. */
  Path home() {
    return node.home();
  }

  /** Where it listens. */
  URI baseUri() {
    return node.baseUri();
  }

  /**
   * Takes a field from one of the documents that have it.
   *
   * @return the document's id
   */
  String clear(String index, String field) {
    String id =
        call(
                "POST",
                "/" + index + "/_search",
                "{\"query\": {\"exists\": {\"field\": \"" + field + "\"}}}")
            .expect(200)
            .json()
            .at("/hits/hits/0/_id")
            .asString();
    call(
            "POST",
            "/" + index + "/_update/" + id + "?refresh=true",
            "{\"doc\": {\"" + field + "\": null}}")
        .expect(200);
    return id;
  }
}
