// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.bundle.Bundle;
import tools.jackson.databind.JsonNode;

/**
 * The recent vector from the interactions to the search: trained where the last items say what
 * comes next, published, asked by id, history and vector, retrained, and gone when its generation
 * is.
 */
class RecentTrainingIT {
  private static final String NAME = "moods";
  private static final int KINDS = 8;
  private static final int PER_USER = 14;

  @TempDir Path folder;
  private TrainerFolder trainer;

  @BeforeEach
  void open() {
    trainer = new TrainerFolder(folder);
  }

  private final List<List<String>> histories = new ArrayList<>();

  /** Everyone takes items of one kind for a while, then of any other. */
  private void write() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>();
    for (int user = 0; user < 500; user++) {
      int kind = random.nextInt(KINDS);
      Set<Integer> taken = new HashSet<>();
      List<String> history = new ArrayList<>();
      for (int n = 0; n < PER_USER; n++) {
        if (n < PER_USER - 4 && random.nextInt(4) == 0) {
          kind = random.nextInt(KINDS);
        }
        int item = random.nextInt(20) * KINDS + kind;
        while (!taken.add(item)) {
          item = random.nextInt(20) * KINDS + kind;
        }
        history.add("i" + item);
        lines.add("u" + user + ",i" + item + ",5," + (1_000_000_000L + n * 3600L));
      }
      histories.add(history);
    }
    trainer.write(lines);
  }

  private List<String> training(String command, String name, String seed, String... more) {
    return trainer.training(
        command,
        name,
        List.of(
            ("--rank 8 --sweeps 8 --hidden 16 --epochs 15 --recent 3 --recent-decay 0.7 --seed "
                    + seed)
                .split(" ")),
        more);
  }

  private static Map<String, Double> scores(Map<String, Object> user) {
    Map<String, Object> search =
        map(
            "size",
            160,
            "query",
            map("match_all", map()),
            "rescore",
            map("window_size", 200, "neural", map("model", NAME, "user", user)));
    return Films.scores(
        Cluster.shared()
            .call("POST", "/" + NAME + "/_search", Cluster.JSON.writeValueAsString(search)));
  }

  /** The same person by id, by history and by vector has the same scores. */
  private void assertOnePersonIsOne(Bundle bundle) {
    int user = 7;
    int row = bundle.users().row("u" + user).orElseThrow();
    Map<String, Double> byId = scores(map("id", "u" + user));
    assertEquals(160, byId.size());
    // What is held out for the test is not in the published vectors.
    Map<String, Double> byHistory =
        scores(map("history", histories.get(user).subList(0, PER_USER - 1)));
    Map<String, Double> byVector =
        scores(
            map(
                "vector",
                list(bundle.userFactors().row(row)),
                "recent",
                list(bundle.userRecent().row(row))));
    Map<String, Double> withoutRecent = scores(map("vector", list(bundle.userFactors().row(row))));
    boolean differs = false;
    for (Map.Entry<String, Double> hit : byId.entrySet()) {
      double allowed = 1e-4 * Math.max(1, hit.getValue());
      assertEquals(hit.getValue(), byHistory.get(hit.getKey()), allowed, hit.getKey());
      assertEquals(hit.getValue(), byVector.get(hit.getKey()), allowed, hit.getKey());
      differs |= Math.abs(hit.getValue() - withoutRecent.get(hit.getKey())) > allowed;
    }
    assertTrue(differs, "the recent vector changes nothing");
  }

  @Test
  void trainedWithARecentVector_published_ranksAsTheTrainerDoes_retrainsAndRollsBack()
      throws IOException {
    write();
    JsonNode first = TrainerFolder.run(training("train", NAME, "1"));
    assertTrue(first.at("/features/ship").asBoolean(), first.toString());
    assertEquals(
        List.of("user", "items", "recent"),
        first.get("scorer_inputs").valueStream().map(JsonNode::asString).toList());
    String bundle = first.get("bundle").asString();
    String generation = first.get("generation").asString();

    trainer.cluster("publish", bundle, "--anyway");
    assertEquals(500, TrainerFolder.documentsWith(NAME + "-users", "recent_" + generation));
    JsonNode served = trainer.cluster("evaluate", bundle);
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-4);
    assertOnePersonIsOne(Bundle.open(Path.of(bundle)));

    // The same through the retraining, twice: the first generation's field is cleared then.
    List<String> again = training("retrain", NAME, "2");
    again.addAll(List.of("--url", Cluster.shared().baseUri().toString(), "--force"));
    String second = TrainerFolder.run(again).get("generation").asString();
    again.set(again.indexOf("--seed") + 1, "3");
    JsonNode third = TrainerFolder.run(again);
    assertEquals("published", third.get("decision").asString());
    assertEquals(0, TrainerFolder.documentsWith(NAME + "-users", "recent_" + generation));
    assertEquals(0, TrainerFolder.documentsWith(NAME + "-users", "factors_" + generation));
    String last = third.get("generation").asString();
    assertEquals(500, TrainerFolder.documentsWith(NAME + "-users", "recent_" + last));
    JsonNode servedAgain =
        trainer.cluster("evaluate", folder.resolve("models/" + NAME + "/" + last) + "");
    assertEquals(0, servedAgain.get("rank_mismatches").intValue());

    assertFalse(
        TrainerFolder.run(
                List.of(
                    "rollback",
                    "--json",
                    "--name",
                    NAME,
                    "--out",
                    folder.resolve("models").toString(),
                    "--url",
                    Cluster.shared().baseUri().toString()))
            .isEmpty());
    assertOnePersonIsOne(Bundle.open(folder.resolve("models/" + NAME + "/" + second)));
  }

  @Test
  void trainedWithoutUserVectors_ranksByHistoryAsTheTrainerDoes_andKeepsNobodysVectors()
      throws IOException {
    write();
    JsonNode made =
        TrainerFolder.run(training("train", "faceless-moods", "1", "--no-user-vectors"));
    assertTrue(made.at("/features/ship").asBoolean(), made.toString());
    String bundle = made.get("bundle").asString();
    assertFalse(Files.exists(Path.of(bundle, "user-recent.npy")));
    assertEquals(0, trainer.cluster("publish", bundle, "--anyway").get("users").intValue());
    JsonNode served = trainer.cluster("evaluate", bundle);
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-4);
  }
}
