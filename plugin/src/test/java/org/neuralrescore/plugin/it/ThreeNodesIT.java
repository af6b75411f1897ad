// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.trainer.demo.node.NodeOptions;
import tools.jackson.databind.JsonNode;

/**
 * Three nodes under load, an alias that moves a hundred times between two models, an upload that is
 * cut off, a data node and then the master killed: searches go on, each by one model alone.
 */
class ThreeNodesIT {
  private static final int MOVES = 100;
  private static final int SEARCHERS = 3;

  /** How a fetch fails while its node dies, and once it is known to be dead. */
  private static final Set<String> GONE =
      Set.of("node_disconnected_exception", "node_not_connected_exception");

  private static final SmallModel ONE = SmallModel.of("chaos-one", "g1", 1);
  private static final SmallModel TWO = SmallModel.of("chaos-two", "g1", 2);

  /** Those that are asked: a node leaves before it is killed, so that no client of ours is its. */
  private static final List<Cluster> asked = new CopyOnWriteArrayList<>();

  private static final List<Cluster> all = new CopyOnWriteArrayList<>();
  private static String seed = "";

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger searches = new AtomicInteger();
  private Films films;

  private static NodeOptions.Builder options(String name) {
    return Cluster.options()
        .setting("node.name", name)
        .setting("discovery.type", "multi-node")
        .javaOptions("-Xms256m -Xmx512m" + Cluster.SHORT_LIVED);
  }

  private static Cluster join(String name) {
    Cluster node = Cluster.start(options(name).setting("discovery.seed_hosts", seed).build());
    all.add(node);
    asked.add(node);
    return node;
  }

  @BeforeAll
  static void start() {
    Cluster first =
        Cluster.start(options("node-a").setting("cluster.initial_master_nodes", "node-a").build());
    all.add(first);
    asked.add(first);
    seed =
        first
            .call("GET", "/_nodes/_local/transport")
            .expect(200)
            .json()
            .path("nodes")
            .iterator()
            .next()
            .path("transport_address")
            .asString();
    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> join("node-b")),
            CompletableFuture.runAsync(() -> join("node-c")))
        .join();
  }

  @AfterAll
  static void stop() {
    all.forEach(Cluster::stop);
  }

  private static void awaitGreen(int nodes) {
    asked
        .get(0)
        .call(
            "GET",
            "/_cluster/health?wait_for_status=green&wait_for_nodes=" + nodes + "&timeout=180s")
        .expect(200);
  }

  /** The node that is the master now, and those that are not. */
  private static Cluster master() {
    String name =
        asked
            .get(0)
            .call("GET", "/_cluster/state/master_node,nodes")
            .expect(200)
            .json()
            .path("master_node")
            .asString();
    for (Cluster node : asked) {
      if (node.call("GET", "/_nodes/_local/transport").expect(200).json().path("nodes").has(name)) {
        return node;
      }
    }
    throw new AssertionError("no node is the master [" + name + "]");
  }

  private void kill(Cluster node) throws InterruptedException {
    asked.remove(node);
    // What it was asked before is its own.
    Thread.sleep(5_000);
    node.kill();
  }

  private void search(AtomicBoolean stop, int searcher) {
    Map<String, Object> body =
        films.search(map("model", "chaos-live", "user", map("id", "user-1")), 100);
    for (int i = searcher; !stop.get(); i++) {
      Cluster node = asked.get(i % asked.size());
      try {
        Cluster.Answer answer =
            node.call("POST", "/chaos/_search", Cluster.JSON.writeValueAsString(body));
        if (!fetchedFromTheKilled(answer)) {
          check(answer);
        }
      } catch (AssertionError | RuntimeException e) {
        wrong.add(String.valueOf(e));
      }
      searches.incrementAndGet();
      // Else they leave a small machine little for the moves and for the node that joins.
      LockSupport.parkNanos(10_000_000);
    }
  }

  /**
   * A fetch has its query's shard copy and no other: one that the kill cuts off, or that begins
   * behind it, is the node's own.
   */
  private static boolean fetchedFromTheKilled(Cluster.Answer answer) {
    JsonNode failures = answer.json().path("_shards").path("failures");
    return answer.status() == 200
        && failures.size() > 0
        && failures
            .valueStream()
            .map(failure -> failure.path("reason").path("type").asString(""))
            .allMatch(GONE::contains);
  }

  /** Whole, and every score that of the one model that the answer names. */
  private void check(Cluster.Answer answer) {
    Map<String, Double> scores = Films.scores(answer);
    String header = answer.header("X-Neural-Rescore").orElse("");
    SmallModel model = header.contains("chaos-one") ? ONE : TWO;
    assertTrue(header.contains(model.name() + "/g1; user=looked_up"), header);
    assertEquals(Films.FILMS, scores.size());
    scores.forEach(
        (id, score) ->
            assertEquals(
                model.score(films.user("user-1"), films.item(id)), score, 1e-5, header + id));
  }

  private void moveTo(SmallModel model) {
    String body = Cluster.JSON.writeValueAsString(map("model", model.name(), "generation", "g1"));
    for (int attempt = 0; attempt < 5; attempt++) {
      Cluster.Answer answer = asked.get(0).call("PUT", "/_neural_rescore/aliases/chaos-live", body);
      if (answer.status() == 200) {
        return;
      }
      // Between two masters a change may be refused; a search may not.
      assertEquals(503, answer.status(), answer.error());
    }
    throw new AssertionError("alias could not be moved");
  }

  /** Half of an upload, and then no more. */
  private static void cutOff(Cluster node, String body) throws IOException {
    URI uri = node.baseUri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String head =
          "PUT /_neural_rescore/models/chaos-cut/g1 HTTP/1.1\r\nHost: x\r\nContent-Type:"
              + " application/json\r\nContent-Length: "
              + bytes.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes, 0, bytes.length / 2);
      socket.getOutputStream().flush();
    }
  }

  @Test
  void searches_goOn_whileAliasesMoveUploadsBreakOffAndNodesDie() throws Exception {
    Cluster first = asked.get(0);
    films = Films.create(first, "", ONE, "chaos", 3, Map.of("index", false));
    first
        .call(
            "PUT",
            "/_neural_rescore/models/chaos-two/g1",
            SmallModel.upload(TWO.files(), "chaos", "chaos-users"))
        .expect(201);
    first
        .call("PUT", "/chaos,chaos-users/_settings", "{\"index.number_of_replicas\": 1}")
        .expect(200);
    // A killed node's copies are made anew at once: by default that waits a minute.
    first
        .call(
            "PUT",
            "/chaos,chaos-users,.neural-rescore-models/_settings",
            "{\"index.unassigned.node_left.delayed_timeout\": \"0s\"}")
        .expect(200);
    moveTo(ONE);
    awaitGreen(3);

    AtomicBoolean stop = new AtomicBoolean();
    List<CompletableFuture<Void>> load = new ArrayList<>();
    for (int searcher = 0; searcher < SEARCHERS; searcher++) {
      int number = searcher;
      load.add(
          CompletableFuture.runAsync(
              () -> search(stop, number), task -> new Thread(task, "searcher").start()));
    }
    try {
      for (int move = 0; move < MOVES; move++) {
        moveTo(move % 2 == 0 ? TWO : ONE);
        if (move % 20 == 10) {
          cutOff(
              asked.get(move % asked.size()),
              SmallModel.upload(
                  SmallModel.of("chaos-cut", "g1", 3).files(), "chaos", "chaos-users"));
        }
        if (move == 30) {
          Cluster master = master();
          kill(asked.stream().filter(node -> node != master).findFirst().orElseThrow());
        } else if (move == 50) {
          join("node-d");
          awaitGreen(3);
        } else if (move == 70) {
          kill(master());
        }
      }
      awaitGreen(2);
    } finally {
      stop.set(true);
      load.forEach(CompletableFuture::join);
    }
    assertEquals(List.of(), wrong.stream().distinct().limit(5).toList(), searches + " searches");
    assertTrue(searches.get() > MOVES, searches + " searches");

    for (Cluster node : asked) {
      JsonNode models =
          node.call("GET", "/_neural_rescore/models").expect(200).json().path("models");
      assertEquals(2, models.size(), models.toString());
      for (SmallModel model : List.of(ONE, TWO)) {
        Cluster.Answer answer =
            node.call(
                "POST",
                "/chaos/_search",
                Cluster.JSON.writeValueAsString(
                    films.search(
                        map("model", model.name() + "/g1", "user", map("id", "user-1")), 100)));
        check(answer);
      }
    }
  }
}
