// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.base.progress.RecordedTask;
import org.neuralrescore.trainer.publish.BulkWriter.Document;
import org.neuralrescore.trainer.publish.FakeCluster.Reply;
import tools.jackson.databind.JsonNode;

class BulkWriterTest {
  private static final Reply BUSY =
      new Reply(
          429, "{\"error\": {\"type\": \"busy\", \"reason\": \"queue is full\"}, \"status\": 429}");

  /** Ids of the documents that each accepted request had. */
  private final List<List<String>> accepted = new CopyOnWriteArrayList<>();

  private static List<String> ids(String body) {
    List<String> ids = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      JsonNode node = line.isBlank() ? null : RestCalls.MAPPER.readTree(line);
      for (String action : List.of("update", "create")) {
        if (node != null && node.path(action).has("_id")) {
          ids.add(node.path(action).path("_id").asString());
        }
      }
    }
    return ids;
  }

  private Reply accept(List<String> ids, Function<String, String> item) {
    accepted.add(ids);
    List<String> items = ids.stream().map(item).toList();
    boolean errors = items.stream().anyMatch(text -> text.contains("error"));
    return new Reply(
        200,
        "{\"took\": 1, \"errors\": " + errors + ", \"items\": [" + String.join(",", items) + "]}");
  }

  private static String done(String id) {
    return "{\"update\": {\"_index\": \"films\", \"_id\": \"" + id + "\", \"status\": 200}}";
  }

  private static String failed(String id, int status, String reason) {
    return "{\"update\": {\"_index\": \"films\", \"_id\": \""
        + id
        + "\", \"status\": "
        + status
        + ", \"error\": {\"type\": \"t\", \"reason\": \""
        + reason
        + "\"}}}";
  }

  private static long write(FakeCluster fake, int documents, Progress.Task task) {
    try (Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      return new BulkWriter(cluster.client(), "films", Owner.WE, 1)
          .write(
              IntStream.range(0, documents)
                  .mapToObj(i -> new Document("d" + i, Map.of("a", i), Map.of()))
                  .iterator(),
              task)
          .answered();
    }
  }

  private static long write(FakeCluster fake, int documents) {
    return write(fake, documents, Progress.silent());
  }

  private static FakeCluster cluster(Function<List<String>, Reply> bulk) {
    return new FakeCluster(
        request ->
            request.path().endsWith("_bulk")
                ? bulk.apply(ids(request.body()))
                : new Reply(200, FakeCluster.HEALTHY));
  }

  /** In any order: requests overtake each other. */
  private void assertAllOnce(int documents) {
    assertEquals(
        IntStream.range(0, documents).mapToObj(i -> "d" + i).sorted().toList(),
        accepted.stream().flatMap(List::stream).sorted().toList());
  }

  @Test
  void write_sendsEveryDocumentOnceAndGrowsItsRequests() {
    try (FakeCluster fake = cluster(ids -> accept(ids, BulkWriterTest::done))) {
      assertEquals(3_000, write(fake, 3_000));
    }

    assertAllOnce(3_000);
    assertTrue(accepted.get(1).size() > accepted.get(0).size());
  }

  @Test
  void write_whenRequestsAreTooLarge_halvesThem() {
    try (FakeCluster fake =
        cluster(
            ids ->
                ids.size() > 30
                    ? new Reply(413, BUSY.body().replace("429", "413"))
                    : accept(ids, BulkWriterTest::done))) {
      assertEquals(500, write(fake, 500));
    }

    assertAllOnce(500);
  }

  @Test
  void write_whenSomeDocumentsAreTurnedAway_sendsJustTheseAgain() {
    List<String> seen = new CopyOnWriteArrayList<>();
    RecordedTask task = new RecordedTask();
    try (FakeCluster fake =
        cluster(
            ids ->
                accept(
                    ids,
                    id -> {
                      boolean first = !seen.contains(id);
                      seen.add(id);
                      return first && id.endsWith("7") ? failed(id, 429, "busy") : done(id);
                    }))) {
      assertEquals(100, write(fake, 100, task));
    }

    assertEquals(100, seen.stream().distinct().count());
    assertEquals(110, seen.size());
    assertEquals(100, task.sum());
  }

  @Test
  void write_whenTheClusterStaysBusy_givesUp() {
    try (FakeCluster fake = cluster(ids -> BUSY)) {
      UserError error = assertThrows(UserError.class, () -> write(fake, 10));

      assertEquals(UserError.Kind.CLUSTER, error.kind());
      assertTrue(error.getMessage().contains("8 requests in a row"), error.getMessage());
    }
  }

  @Test
  void write_whenDocumentsAreRefused_writesTheRestAndCountsThem() {
    try (FakeCluster fake =
        cluster(
            ids ->
                accept(
                    ids, id -> id.endsWith("9") ? failed(id, 400, "no such field") : done(id)))) {
      UserError error = assertThrows(UserError.class, () -> write(fake, 300));

      assertTrue(
          error.getMessage().startsWith("30 of 300 documents were refused by index [films]"),
          error.getMessage());
      assertTrue(error.getMessage().contains("[d9] no such field"), error.getMessage());
    }

    assertAllOnce(300);
  }

  @Test
  void write_whenTheWholeRequestIsRefused_givesTheReason() {
    try (FakeCluster fake = cluster(ids -> new Reply(403, BUSY.body().replace("429", "403")))) {
      UserError error = assertThrows(UserError.class, () -> write(fake, 10));

      assertTrue(error.getMessage().contains("status 403: queue is full"), error.getMessage());
    }
  }

  @Test
  void write_ofNothing_asksNothing() {
    try (FakeCluster fake = cluster(ids -> BUSY)) {
      assertEquals(0, write(fake, 0));
    }
  }

  @Test
  void write_whenAShardIsMissing_stopsAtTheFirstRequest() {
    try (FakeCluster fake =
        cluster(ids -> accept(ids, id -> failed(id, 503, "primary shard is not active")))) {
      UserError error = assertThrows(UserError.class, () -> write(fake, 1_000));

      assertTrue(error.getMessage().contains("a shard of it is missing"), error.getMessage());
      assertEquals(1, accepted.size());
    }
  }

  @Test
  void write_sendsARequestWhileTheOneBeforeIsOnItsWay() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    try (FakeCluster fake =
        cluster(
            ids -> {
              if (!accepted.isEmpty()) {
                both.countDown();
                // The first waits for a second, which comes though this is not answered.
                assertDoesNotThrow(() -> assertTrue(both.await(30, TimeUnit.SECONDS)));
              }
              return accept(ids, BulkWriterTest::done);
            })) {
      assertEquals(801, write(fake, 801));
    }

    assertAllOnce(801);
  }

  @Test
  void write_asksForNoMoreDocumentsThanTwoRequestsHave() {
    AtomicLong asked = new AtomicLong();
    AtomicLong most = new AtomicLong();
    RecordedTask task = new RecordedTask();
    Iterator<Document> documents =
        IntStream.range(0, 50_000)
            .mapToObj(
                i -> {
                  most.accumulateAndGet(asked.incrementAndGet() - task.sum(), Math::max);
                  return new Document("d" + i, Map.of("a", i), Map.of());
                })
            .iterator();
    try (FakeCluster fake = cluster(ids -> accept(ids, BulkWriterTest::done));
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      BulkWriter writer = new BulkWriter(cluster.client(), "films", Owner.WE, 1);
      assertEquals(50_000, writer.write(documents, task).answered());
    }

    assertTrue(most.get() <= 4_001, () -> most + " documents held");
  }

  @Test
  void write_intoAnIndexJustMade_createsAndUpdatesWhatSomebodyElseMade() {
    List<String> bodies = new CopyOnWriteArrayList<>();
    Set<String> there = ConcurrentHashMap.newKeySet();
    there.add("d3");
    try (FakeCluster fake =
            new FakeCluster(
                request -> {
                  if (!request.path().endsWith("_bulk")) {
                    return new Reply(200, FakeCluster.HEALTHY);
                  }
                  bodies.add(request.body());
                  boolean creates = request.body().startsWith("{\"create\"");
                  return accept(
                      ids(request.body()),
                      id ->
                          creates && !there.add(id)
                              ? failed(id, 409, "document already exists")
                              : done(id));
                });
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      BulkWriter writer = new BulkWriter(cluster.client(), "films", Owner.NEW, 1);
      assertEquals(
          10,
          writer
              .write(
                  IntStream.range(0, 10)
                      .mapToObj(
                          i -> new Document("d" + i, Map.of("a", i), Map.of("title", "of " + i)))
                      .iterator(),
                  Progress.silent())
              .answered());
    }

    assertEquals(2, bodies.size());
    assertTrue(bodies.get(0).contains("of 3"), bodies.get(0));
    assertEquals(List.of("d3"), ids(bodies.get(1)));
    // Its text stays theirs.
    assertTrue(bodies.get(1).contains("\"upsert\""), bodies.get(1));
  }
}
