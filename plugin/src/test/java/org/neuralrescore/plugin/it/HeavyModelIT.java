// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.plugin.bundle.TinyModel;
import org.neuralrescore.plugin.lucene.Combination;
import tools.jackson.databind.JsonNode;

/**
 * Models that would run for many seconds: what is cancelled or out of time is ended by just that.
 */
class HeavyModelIT {
  private static final String DEGRADED = "X-Neural-Rescore-Degraded";
  private static final String PUT = "cluster:admin/neural_rescore/model/put";
  private static final int DOCS = 10_000;
  private static final int HISTORY = 1_000;

  private static final Cluster cluster = Cluster.shared();
  private static final TinyModel heavy =
      new TinyModel("heavy", scorer(), Optional.of(encoder()), 2);
  private static final TinyModel slowUpload =
      new TinyModel("heavy-upload", scorer(), Optional.empty(), 10_000);

  /** The dot product, after thousands of products of 64 by 64: 16 million operations a row. */
  private static TinyGraph scorer() {
    TinyGraph graph =
        TinyGraph.scorer()
            .zeros("into", 2, 64)
            .zeros("w", 64, 64)
            .longs("axis", 1)
            .node("MatMul", "items into", "h0");
    for (int i = 0; i < 4_000; i++) {
      graph.node("MatMul", "h" + i + " w", "h" + (i + 1));
    }
    return graph
        .node("ReduceSum", "h4000 axis", "nothing", "keepdims", 1)
        .node("Add", "dot nothing", "score");
  }

  /**
   * The weighted sum of the items, after products of 1024 by 1024: half a second or so for 1000.
   */
  private static TinyGraph encoder() {
    TinyGraph graph =
        TinyGraph.ofOpset(17)
            .input("items", TinyGraph.ROWS, 2)
            .input("weights", TinyGraph.ROWS, 1)
            .output("user", 1, 2)
            .zeros("into", 2, 1_024)
            .zeros("w", 1_024, 1_024)
            .zeros("out", 1_024, 2)
            .node("MatMul", "items into", "h0");
    for (int i = 0; i < 4; i++) {
      graph.node("MatMul", "h" + i + " w", "h" + (i + 1));
    }
    return graph
        .node("MatMul", "h4 out", "nothing")
        .node("Add", "items nothing", "rows")
        .node("Mul", "rows weights", "weighted")
        .longs("axis", 0)
        .node("ReduceSum", "weighted axis", "user", "keepdims", 1);
  }

  @BeforeAll
  static void publish() {
    cluster
        .call(
            "PUT",
            "/heavy",
            "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":0},\"mappings\":"
                + "{\"properties\":{\"f\":{\"type\":\"dense_vector\",\"dims\":2,\"index\":false}}}}")
        .expect(200);
    StringBuilder body = new StringBuilder();
    for (int doc = 0; doc < DOCS; doc++) {
      body.append("{\"index\":{\"_index\":\"heavy\",\"_id\":\"").append(doc).append("\"}}\n");
      body.append("{\"f\":[").append(doc % 7).append(",1]}\n");
    }
    cluster.call("POST", "/_bulk?refresh=true", body.toString()).expect(200);
    cluster.call("PUT", heavy.path(), heavy.upload("heavy", "heavy")).expect(201);
    // Opens it.
    search(1, map(), map()).expect(200);
  }

  private static Cluster.Answer search(
      int window, Map<String, Object> neural, Map<String, Object> more) {
    Map<String, Object> rescore = new LinkedHashMap<>(map("model", "heavy/g1"));
    rescore.putAll(neural);
    Map<String, Object> search =
        map(
            "size",
            100,
            "_source",
            false,
            "query",
            map("match_all", map()),
            "rescore",
            map("window_size", window, "neural", rescore));
    search.putAll(more);
    return cluster.call("POST", "/heavy/_search", Cluster.JSON.writeValueAsString(search));
  }

  private static JsonNode node(String path) {
    return cluster.call("GET", path).expect(200).json().path("nodes").iterator().next();
  }

  private static long counted(String what, String cause) {
    return node("/_neural_rescore/stats").path(what).path(cause).asLong(0);
  }

  private static long rescored() {
    return node("/_neural_rescore/stats").path("rescored").asLong();
  }

  /** What is counted of models, windows and runs now. */
  private static long memory() {
    return node("/_nodes/stats/breaker")
        .path("breakers")
        .path("neural_rescore")
        .path("estimated_size_in_bytes")
        .asLong();
  }

  private static boolean isListed(String action) {
    return !cluster
        .call("GET", "/_tasks?actions=" + action)
        .expect(200)
        .json()
        .path("nodes")
        .isEmpty();
  }

  private static void cancel(String action) {
    cluster.call("POST", "/_tasks/_cancel?actions=" + action).expect(200);
  }

  private static void await(CompletableFuture<?> running, BooleanSupplier until) throws Exception {
    while (!until.getAsBoolean()) {
      assertFalse(running.isDone(), () -> "it was over before: " + running.join());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** A shard's task leaves the list just behind its answer, and far before its window's end. */
  private static void awaitUnlisted(String action) throws InterruptedException {
    for (int look = 0; look < 100 && isListed(action); look++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertFalse(isListed(action));
  }

  @Test
  void search_thatIsCancelled_isEndedInsideItsWindow() throws Exception {
    long idle = memory();
    long cancelled = counted("failed", "cancelled");
    long rescored = rescored();
    CompletableFuture<Cluster.Answer> running =
        CompletableFuture.supplyAsync(() -> search(DOCS, map(), map()));
    // More than the window's batch: a run is under way.
    await(running, () -> memory() > idle + (1 << 20));
    cancel("indices:data/read/search");
    Cluster.Answer answer = running.join();
    assertTrue(answer.error().contains("task_cancelled_exception"), answer.json().toString());
    assertEquals(cancelled + 1, counted("failed", "cancelled"));
    assertEquals(rescored, rescored());
    awaitUnlisted("indices:data/read/search*");
  }

  /** Elasticsearch rescores the hits of such an aggregation, too, and before its rescore phase. */
  @Test
  void search_thatIsCancelledWhileTopHitsAreRescored_isEndedInsideThatWindow() throws Exception {
    long idle = memory();
    long rescored = rescored();
    CompletableFuture<Cluster.Answer> running =
        CompletableFuture.supplyAsync(
            () ->
                search(
                    DOCS,
                    map(),
                    map("size", 0, "aggs", map("top", map("top_hits", map("size", 1))))));
    await(running, () -> memory() > idle + (1 << 20));
    cancel("indices:data/read/search");
    Cluster.Answer answer = running.join();
    assertTrue(answer.error().contains("task_cancelled_exception"), answer.json().toString());
    assertEquals(rescored, rescored());
  }

  @Test
  void search_thatIsOutOfTime_answersWithWhatItHasAndSaysSo() {
    long late = counted("failed", "timed_out");
    long rescored = rescored();
    Cluster.Answer answer = search(DOCS, map(), map("timeout", "1s")).expect(200);
    assertTrue(answer.json().path("timed_out").asBoolean(), answer.json().toString());
    assertEquals(Set.of("timed_out"), answer.headers(DEGRADED));
    assertEquals(late + 1, counted("failed", "timed_out"));
    assertEquals(rescored, rescored());
    Cluster.Answer whole =
        cluster.call(
            "POST",
            "/heavy/_search?allow_partial_search_results=false",
            Cluster.JSON.writeValueAsString(
                map(
                    "timeout",
                    "1s",
                    "query",
                    map("match_all", map()),
                    "rescore",
                    map("window_size", DOCS, "neural", map("model", "heavy/g1")))));
    assertTrue(whole.status() >= 400, whole.json().toString());
    assertEquals(rescored, rescored());
  }

  @Test
  void search_thatIsOutOfTimeAndMayGoWithout_keepsItsHitsBelowRescoredOnes() {
    long late = counted("degraded", "timed_out");
    Cluster.Answer answer =
        search(DOCS, map("on_failure", "first_pass"), map("timeout", "1s")).expect(200);
    assertEquals(Set.of("timed_out"), answer.headers(DEGRADED));
    assertEquals(late + 1, counted("degraded", "timed_out"));
    Map<String, Double> scores = Films.scores(answer);
    assertEquals(100, scores.size());
    scores.forEach((id, score) -> assertTrue(score < Combination.LOWEST_RESCORED, id));
  }

  private static CompletableFuture<Cluster.Answer> beginUpload() throws Exception {
    CompletableFuture<Cluster.Answer> upload =
        CompletableFuture.supplyAsync(
            () -> cluster.call("PUT", slowUpload.path(), slowUpload.upload("heavy", "heavy")));
    await(upload, HeavyModelIT::isUploading);
    return upload;
  }

  /** Its parity rows run. */
  private static boolean isUploading() {
    return isListed(PUT)
        && node("/_nodes/stats/thread_pool")
                .path("thread_pool")
                .path("neural_rescore_upload")
                .path("active")
                .asInt()
            == 1;
  }

  private static void endUpload(CompletableFuture<Cluster.Answer> upload) {
    cancel(PUT);
    Cluster.Answer answer = upload.join();
    assertTrue(answer.error().contains("task_cancelled_exception"), answer.json().toString());
    assertEquals(400, answer.status());
    assertFalse(isListed(PUT));
    cluster.call("GET", slowUpload.path()).expect(404);
  }

  @Test
  void put_thatIsCancelled_isEndedAndLeavesNothing() throws Exception {
    long before = memory();
    endUpload(beginUpload());
    assertEquals(before, memory());
  }

  @Test
  void search_whileAModelIsPut_waitsNeitherToOpenItsModelNorToEncode() throws Exception {
    SmallModel model = SmallModel.of("beside-upload", "g1", 4);
    Films films = Films.create(cluster, "", model, "beside-upload", 1, Map.of("index", false));
    CompletableFuture<Cluster.Answer> upload = beginUpload();
    // Nobody searched with it: this opens it, and encodes.
    Cluster.Answer answer =
        films.run(
            films.search(
                map(
                    "model",
                    "beside-upload/g1",
                    "user",
                    map("history", List.of("film-1", "film-2"))),
                100));
    assertEquals(Films.FILMS, Films.scores(answer).size());
    assertEquals(
        "model=beside-upload/g1; user=encoded", answer.header("X-Neural-Rescore").orElse(""));
    assertTrue(isUploading(), "the upload runs on");
    endUpload(upload);
  }

  @Test
  void search_thatIsCancelledWhileItsHistoryWaitsToBeEncoded_isNotEncoded() throws Exception {
    assertCancelledWhileEncoding(history -> search(1, map("user", map("history", history)), map()));
  }

  @Test
  void search_whoseRetrieverIsCancelledWhileItsHistoryWaits_isNotEncoded() throws Exception {
    assertCancelledWhileEncoding(
        history ->
            cluster.call(
                "POST",
                "/heavy/_search",
                Cluster.JSON.writeValueAsString(
                    map(
                        "size",
                        1,
                        "retriever",
                        map(
                            "rescorer",
                            map(
                                "retriever",
                                map("standard", map("query", map("match_all", map()))),
                                "rescore",
                                map(
                                    "window_size",
                                    1,
                                    "neural",
                                    map(
                                        "model",
                                        "heavy/g1",
                                        "user",
                                        map("history", history)))))))));
  }

  private static void assertCancelledWhileEncoding(Function<List<String>, Cluster.Answer> search)
      throws Exception {
    List<String> history = new ArrayList<>();
    for (int doc = 0; doc < HISTORY; doc++) {
      history.add(String.valueOf(doc));
    }
    long cancelled = counted("failed", "cancelled");
    List<CompletableFuture<Cluster.Answer>> searches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      searches.add(CompletableFuture.supplyAsync(() -> search.apply(history)));
    }
    CompletableFuture<?> all = CompletableFuture.allOf(searches.toArray(CompletableFuture[]::new));
    await(all, () -> encoding().path("queue").asInt() > 0);
    cancel("indices:data/read/search");
    for (CompletableFuture<Cluster.Answer> cancelledSearch : searches) {
      Cluster.Answer answer = cancelledSearch.join();
      assertTrue(
          answer.status() == 200 || answer.error().contains("task_cancelled_exception"),
          answer.json().toString());
    }
    assertTrue(counted("failed", "cancelled") > cancelled);
  }

  @Test
  @Timeout(120)
  void cache_thatIsMadeSmaller_closesModelsThatNobodyAskedFor() throws Exception {
    search(1, map(), map()).expect(200);
    long open = memory();
    try {
      // Each change is a look at who is idle by now.
      for (int bytes = 1; memory() >= open; bytes++) {
        limitCache("\"" + bytes + "b\"");
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } finally {
      limitCache("null");
    }
    search(1, map(), map()).expect(200);
  }

  private static void limitCache(String most) {
    cluster
        .call(
            "PUT",
            "/_cluster/settings",
            "{\"persistent\":{\"neural_rescore.cache.max_memory\":" + most + "}}")
        .expect(200);
  }

  private static JsonNode encoding() {
    return node("/_nodes/stats/thread_pool").path("thread_pool").path("neural_rescore_encode");
  }
}
