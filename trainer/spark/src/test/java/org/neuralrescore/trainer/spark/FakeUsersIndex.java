// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node with one index that keeps what bulk requests write, and answers some of them otherwise.
 */
final class FakeUsersIndex implements AutoCloseable {
  private static final String HEALTHY =
      """
      {"nodes": {"n1": {"name": "node-1", "version": "8.19.21",
        "plugins": [{"name": "neural-rescore"}]}}}
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, JsonNode> documents = new ConcurrentSkipListMap<>();
  private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * @param status of the n-th bulk request, counted from 1; 200 takes its documents, 400 takes all
   *     but the first
   */
  FakeUsersIndex(IntUnaryOperator status) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, status));
    server.start();
  }

  private void answer(HttpExchange exchange, IntUnaryOperator status) throws IOException {
    try (exchange) {
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean bulk = exchange.getRequestURI().getPath().endsWith("_bulk");
      int code = bulk ? status.applyAsInt(requests.incrementAndGet()) : 200;
      byte[] reply =
          (!bulk ? HEALTHY : code > 400 ? refusal(code) : bulk(body, code == 400))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(code > 400 ? code : 200, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  private static String refusal(int code) {
    return "{\"error\": {\"type\": \"t\", \"reason\": \"not today\"}, \"status\": " + code + "}";
  }

  private String bulk(String body, boolean refuseFirst) {
    List<String> items = new ArrayList<>();
    String[] lines = body.split("\n", -1);
    boolean refused = false;
    for (int l = 0; l + 1 < lines.length; l += 2) {
      JsonNode action = JsonMapper.shared().readTree(lines[l]);
      JsonNode document = JsonMapper.shared().readTree(lines[l + 1]);
      boolean create = action.has("create");
      String id = action.path(create ? "create" : "update").path("_id").asString();
      String what = "\"_index\": \"u\", \"_id\": \"" + id + "\", \"status\": ";
      JsonNode whole = create ? document : document.path("doc");
      if (refuseFirst && l == 0) {
        refused = true;
        what += "400, \"error\": {\"type\": \"t\", \"reason\": \"no such field\"}";
      } else if (create && documents.putIfAbsent(id, whole) != null) {
        refused = true;
        what += "409, \"error\": {\"type\": \"t\", \"reason\": \"document already exists\"}";
      } else {
        documents.put(id, whole);
        what += "200";
      }
      items.add("{\"" + (create ? "create" : "update") + "\": {" + what + "}}");
    }
    return "{\"took\": 1, \"errors\": "
        + refused
        + ", \"items\": ["
        + String.join(",", items)
        + "]}";
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** By id. */
  Map<String, JsonNode> documents() {
    return documents;
  }

  /** Of all requests. */
  Set<String> authorizations() {
    return authorizations;
  }

  /** How many bulk requests there were. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
