// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.ElasticsearchRanking;
import org.neuralrescore.trainer.publish.FakeCluster;
import org.neuralrescore.trainer.publish.FakeCluster.Reply;
import org.neuralrescore.trainer.publish.FakeCluster.Request;

/** What is said of lists that a cluster gives: whole ones, short ones and none. */
class ServedEvaluationTest {
  private static final Ids ITEMS = new Ids(List.of("a", "b", "c", "d"));
  private static final float[] OFFLINE = {0.9f, 0.7f, 0.5f, 0.3f};

  /** One user, who has seen [d] and whose held-out item is [b]. */
  private static EvaluationSet cases() {
    Histories seen =
        Histories.ofRows(new SparseMatrix(4, new int[] {0, 1}, new int[] {3}, new float[] {1}));
    return new EvaluationSet(seen, new int[] {0}, new int[][] {{1}});
  }

  private record Fixed() implements Ranker {
    @Override
    public String label() {
      return "fixed";
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      System.arraycopy(OFFLINE, 0, scores, 0, scores.length);
    }
  }

  private static String found(List<Integer> rows) {
    return "{\"took\": 1, \"timed_out\": false, \"status\": 200,"
        + " \"_shards\": {\"total\": 1, \"successful\": 1, \"failed\": 0},"
        + " \"hits\": {\"hits\": ["
        + rows.stream()
            .map(
                row ->
                    String.format(
                        Locale.ROOT,
                        "{\"_index\": \"goods\", \"_id\": \"%s\", \"_score\": %s}",
                        ITEMS.get(row),
                        OFFLINE[row]))
            .collect(Collectors.joining(","))
        + "]}}";
  }

  private static Reply reply(Request request, List<Integer> there, List<Integer> ranked) {
    if (request.path().endsWith("/_count")) {
      return new Reply(
          200,
          "{\"count\": 4, \"_shards\": {\"total\": 1, \"successful\": 1," + " \"failed\": 0}}");
    }
    if (request.path().endsWith("/_msearch")) {
      return new Reply(200, "{\"took\": 1, \"responses\": [" + found(ranked) + "]}");
    }
    return request.path().endsWith("/_search")
        ? new Reply(200, found(there))
        : new Reply(200, FakeCluster.HEALTHY);
  }

  private static ServedEvaluation.Outcome outcome(List<Integer> there, List<Integer> ranked) {
    try (FakeCluster fake = new FakeCluster(request -> reply(request, there, ranked));
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      return new ServedEvaluation(
              new Ids(List.of("u")),
              ITEMS,
              new ElasticsearchRanking(cluster, "goods", "model"),
              10,
              List.of())
          .run(cases(), new Fixed(), ScoreTransform.IDENTITY, Progress.none());
    }
  }

  private static List<Integer> all() {
    return IntStream.range(0, ITEMS.size()).boxed().toList();
  }

  @Test
  void run_wholeListInOrder_agrees() {
    ServedEvaluation.Outcome outcome = outcome(all(), List.of(0, 1, 2));
    assertTrue(outcome.agreement().agrees());
    assertEquals(0, outcome.notThere());
    assertEquals(3, outcome.agreement().hits());
    assertEquals(1, outcome.report().mean().hitRate());
    assertEquals(1 / (Math.log(3) / Math.log(2)), outcome.report().mean().ndcg(), 1e-9);
  }

  /** What is asked for is compared before more is: not all lists are held at once. */
  @Test
  void run_ofManyCases_holdsTheListsOfAFew() {
    int cases = 50;
    Histories seen =
        Histories.ofRows(new SparseMatrix(4, new int[] {0, 1}, new int[] {3}, new float[] {1}));
    int[][] targets = new int[cases][];
    Arrays.fill(targets, new int[] {1});
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger compared = new AtomicInteger();
    Ranker offline =
        new Ranker() {
          @Override
          public String label() {
            return "counting";
          }

          @Override
          public void score(Histories shown, int user, float[] scores) {
            new Fixed().score(shown, user, scores);
            int waiting = answered.get() - compared.getAndIncrement();
            assertTrue(waiting <= 16, waiting + " lists are held");
          }
        };
    try (FakeCluster fake =
            new FakeCluster(
                request -> {
                  if (!request.path().endsWith("/_msearch")) {
                    return reply(request, all(), List.of());
                  }
                  int searches = (int) request.body().lines().count() / 2;
                  answered.addAndGet(searches);
                  return new Reply(
                      200,
                      "{\"took\": 1, \"responses\": ["
                          + String.join(",", Collections.nCopies(searches, found(List.of(0, 1, 2))))
                          + "]}");
                });
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      ServedEvaluation.Outcome outcome =
          new ServedEvaluation(
                  new Ids(List.of("u")),
                  ITEMS,
                  new ElasticsearchRanking(cluster, "goods", "model"),
                  10,
                  List.of())
              .run(
                  new EvaluationSet(seen, new int[cases], targets),
                  offline,
                  ScoreTransform.IDENTITY,
                  Progress.none());
      assertEquals(cases, outcome.agreement().cases());
      assertEquals(cases, compared.get());
      assertTrue(outcome.agreement().agrees());
      assertEquals(1, outcome.report().mean().hitRate());
    }
  }

  @Test
  void run_emptyAnswer_findsNothingAndDoesNotAgree() {
    ServedEvaluation.Outcome outcome = outcome(all(), List.of());
    assertFalse(outcome.agreement().agrees());
    assertEquals(1, outcome.agreement().mismatches());
    assertEquals(0, outcome.report().mean().hitRate());
    assertEquals(0, outcome.report().mean().ndcg());
  }

  @Test
  void run_listThatLacksSomeOfTheIndex_doesNotAgree() {
    // In order, and the held-out item is in it: only what is behind is missing.
    assertFalse(outcome(all(), List.of(0, 1)).agreement().agrees());
  }

  @Test
  void run_itemsThatTheIndexLacks_areNoCandidates_andNobodyFindsThem() {
    ServedEvaluation.Outcome outcome = outcome(List.of(0, 2, 3), List.of(0, 2));
    assertTrue(outcome.agreement().agrees());
    assertEquals(1, outcome.notThere());
    assertEquals(0, outcome.report().mean().hitRate());
  }

  @Test
  void run_indexWithNoneOfTheItems_isTold() {
    UserError error = assertThrows(UserError.class, () -> outcome(List.of(), List.of()));
    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(
        error.getMessage().contains("[goods] has none of the data's 4 items"), error::getMessage);
  }
}
