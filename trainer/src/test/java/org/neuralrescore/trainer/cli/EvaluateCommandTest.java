// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.publish.FakeCluster;
import org.neuralrescore.trainer.publish.FakeCluster.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bundle measured again repeats what its training said. */
class EvaluateCommandTest extends TrainRuns {
  @Test
  void evaluate_theBundleItself_repeatsTheFiguresOfItsManifest() {
    JsonNode trained = trained(train("a"));
    CommandRun run =
        CommandRun.of(
            "evaluate",
            trained.get("bundle").asString(),
            "--json",
            "--data",
            shared.resolve("data").toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode offline = new JsonMapper().readTree(run.out()).get("offline");
    // Through ONNX Runtime here, in Java there: the same model, to the last place that a rank sees.
    for (String figure : List.of("hr@10", "ndcg@10", "recall@10")) {
      assertEquals(
          trained.get("offline").get("model").get(figure).doubleValue(),
          offline.get("model").get(figure).doubleValue(),
          1e-3,
          figure);
    }
  }

  @Test
  void evaluate_ofItemsWithTwoSides_givesBaselinesTheRankThatTrainingGaveThem() {
    JsonNode trained = trained(train("a", "--factors", "distilled", "--baselines", "ials"));
    JsonNode own = trained(evaluate(trained, "--baselines", "ials"));
    assertEquals(
        trained.get("offline").get("ials").get("ndcg@10"),
        own.get("offline").get("ials").get("ndcg@10"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"last-fraction:0.2", "global-time:0.15", "user-disjoint:0.2:0.8"})
  void evaluate_asksTheCasesThatTrainingHeldOut(String protocol) {
    JsonNode trained = trained(train("a", "--protocol", protocol, "--baselines", "none"));
    assertTrue(trained.get("offline").get("protocol").asString().contains(protocol));
    JsonNode own = trained(evaluate(trained, "--baselines", "item-knn"));
    assertTrue(own.get("same_data_and_protocol").booleanValue());
    assertEquals(trained.get("offline").get("cases"), own.get("offline").get("cases"));
    for (String label : List.of("model", "dot", "popularity")) {
      assertEquals(
          trained.get("offline").get(label).get("ndcg@10").doubleValue(),
          own.get("offline").get(label).get("ndcg@10").doubleValue(),
          1e-3,
          label);
    }
    assertEquals(
        trained.get("calibration").get("brier").doubleValue(),
        own.get("calibration").get("brier").doubleValue(),
        1e-4);
    assertTrue(own.get("offline").has("item-knn"));
    JsonNode other =
        trained(evaluate(trained, "--baselines", "none", "--protocol", "leave-last-out"));
    assertFalse(other.get("same_data_and_protocol").booleanValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cutoff", "--threads"})
  void evaluate_ofNothing_isUsage(String flag) {
    CommandRun run = CommandRun.of("evaluate", "bundle", flag, "0");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("at least 1"), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--index goods",
        "--api-key key",
        "--login me --password file",
        "--insecure",
        "--from-index orders --index goods",
      })
  void evaluate_withWhatIsOfAClusterAlone_saysThatNoneIsAsked(String flags) {
    List<String> words = new ArrayList<>(List.of("evaluate", "bundle"));
    words.addAll(List.of(flags.split(" ", -1)));
    CommandRun run = CommandRun.of(words.toArray(String[]::new));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("none is asked: add --url or --cloud-id"), run.err());
  }

  @Test
  void evaluate_byACloudId_asksThere() {
    JsonNode trained = trained(train("a", "--baselines", "none"));
    byte[] host = "invalid:9$cluster".getBytes(StandardCharsets.UTF_8);
    String id = "shop:" + Base64.getEncoder().encodeToString(host);
    CommandRun run = evaluate(trained, "--cloud-id", id);
    assertEquals(5, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("https://cluster.invalid:9"), run.err());
    // The most that is asked for is told before anything is done.
    CommandRun deep = evaluate(trained, "--cloud-id", id, "--cutoff", "200");
    assertEquals(2, deep.exitCode(), deep.err());
    assertTrue(deep.errorLine().contains("the first 100"), deep.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"${ES_URL}", "http://local host:9200"})
  void evaluate_whereTheProjectsUrlIsNone_saysSo(String url) throws IOException {
    Path project = Files.writeString(directory.resolve("shop.yaml"), "url: \"" + url + "\"\n");
    CommandRun run = CommandRun.of("evaluate", "bundle", "-p", project.toString(), "--url");
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("url of the project file"), run.err());
  }

  /** Of so many items, all of which it has, and what its searches for ranks come to. */
  private FakeCluster cluster(int documents, Supplier<Reply> ranks) {
    return new FakeCluster(
        request -> {
          if (request.path().endsWith("/_count")) {
            return new Reply(
                200,
                "{\"count\": "
                    + documents
                    + ", \"_shards\": {\"total\": 1, \"successful\": 1, \"failed\": 0}}");
          }
          if (request.path().endsWith("/_msearch")) {
            return ranks.get();
          }
          return new Reply(
              200, request.path().endsWith("/_search") ? everything() : FakeCluster.HEALTHY);
        });
  }

  @Test
  void evaluate_anIndexThatIsTooLargeToRescoreWhole_isToldBeforeAnythingIsMeasured() {
    JsonNode trained = trained(train("a", "--baselines", "none"));
    String refusal =
        "{\"took\": 1, \"responses\": [{\"status\": 400, \"error\": {\"type\": \"illegal\", \"reason\":"
            + " \"Rescore window [10001] is too large. It must be less than [10000]. This limit can"
            + " be set by changing the [index.max_rescore_window] index level setting.\"}}]}";
    try (FakeCluster fake = cluster(10001, () -> new Reply(200, refusal))) {
      CommandRun run = evaluate(trained, "--baselines", "none", "--url", fake.uri().toString());
      assertEquals(5, run.exitCode(), run.err());
      assertTrue(
          run.errorLine().contains("PUT films/_settings {\"index.max_rescore_window\": 10001}"),
          run.err());
      assertTrue(run.errorLine().contains("it has 10001 documents"), run.err());
      assertEquals("", run.out());
      assertEquals(
          1, fake.requests().stream().filter(one -> one.path().endsWith("/_msearch")).count());
    }
  }

  @Test
  void evaluate_whereTheClusterFailsInTheMidst_tellsWhatWasMeasuredBefore() {
    JsonNode trained = trained(train("a", "--baselines", "none"));
    AtomicInteger searches = new AtomicInteger();
    String first =
        "{\"took\": 1, \"responses\": [" + everything().replaceFirst("}$", ", \"status\": 200}]}");
    try (FakeCluster fake =
        cluster(
            1,
            () ->
                searches.getAndIncrement() == 0
                    ? new Reply(200, first)
                    : new Reply(400, "{\"status\": 400, \"error\": {\"reason\": \"too much\"}}"))) {
      CommandRun run = evaluate(trained, "--baselines", "none", "--url", fake.uri().toString());
      assertEquals(5, run.exitCode(), run.err());
      JsonNode told = new JsonMapper().readTree(run.out());
      assertTrue(told.get("offline").has("model"), run.out());
      assertTrue(run.errorLine().contains(told.get("elasticsearch_failed").asString()), run.err());
      assertFalse(told.has("elasticsearch"), run.out());
    }
  }

  /** An answer that has one item of the data, which is enough to go on. */
  private static String everything() {
    return "{\"took\": 1, \"timed_out\": false, \"_shards\": {\"total\": 1, \"successful\": 1,"
        + " \"failed\": 0}, \"hits\": {\"hits\": [{\"_index\": \"films\", \"_id\": \"1\","
        + " \"_score\": 1}]}}";
  }

  @Test
  void evaluate_ofAPrivateBundle_doesNotSayOfWhichDataItIs() {
    JsonNode trained =
        trained(plainly("a", "--rank", "8", "--dp-epsilon", "3", "--baselines", "none"));
    assertFalse(trained(evaluate(trained, "--baselines", "none")).has("same_data_and_protocol"));
    CommandRun told =
        CommandRun.of(
            "evaluate",
            trained.get("bundle").asString(),
            "--data",
            shared.resolve("data").toString(),
            "--baselines",
            "none");
    assertTrue(told.out().contains("private bundle"), told.out());
    assertFalse(told.out().contains("other data"), told.out());
    // Another protocol is another, whatever the data.
    assertFalse(
        trained(evaluate(trained, "--baselines", "none", "--protocol", "last-fraction:0.2"))
            .get("same_data_and_protocol")
            .booleanValue());
  }

  @Test
  void evaluate_publishedUsersUnderAnotherProtocol_isRefused() {
    JsonNode trained = trained(train("a", "--baselines", "none"));
    CommandRun run = evaluate(trained, "--protocol", "global-time", "--url", "http://127.0.0.1:9");
    assertEquals(2, run.exitCode());
    assertTrue(run.errorLine().contains("leave-last-out"), run.err());
  }
}
