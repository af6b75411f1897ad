// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers over HTTP as a test says, to bring about what a real cluster seldom does. */
public final class FakeCluster implements AutoCloseable {
  /** What a cluster answers that has the plugin everywhere. */
  public static final String HEALTHY =
      """
      {"nodes": {"n1": {"name": "node-1", "version": "8.19.21",
        "plugins": [{"name": "other"}, {"name": "neural-rescore"}]}}}
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What came in. */
  public record Request(String method, String path, String authorization, String body) {}

  /** What goes out. */
  public record Reply(int status, String body, Map<String, String> headers) {
    /** Without headers of its own. */
    public Reply(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /** Listens from now on. */
  public FakeCluster(Function<Request, Reply> behaviour) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, behaviour));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<Request, Reply> behaviour)
      throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              authorization == null ? "" : authorization,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      Reply reply = behaviour.apply(request);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      reply.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Where. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What came in so far. */
  public List<Request> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
