// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.Release;
import org.neuralrescore.trainer.scorer.ScorerChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import tools.jackson.databind.JsonNode;

/** Context columns from the file of interactions to the search that gives them. */
class ContextTrainingIT {
  @TempDir Path folder;

  private JsonNode run(List<String> arguments) {
    return TrainerRun.of(arguments).expect(0).json();
  }

  private JsonNode run(String command, List<String> data, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--json"));
    all.addAll(data);
    all.addAll(List.of(more));
    return run(all);
  }

  /** Of each user's two countries the request's decides what is taken. */
  private Path write() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp,country\n");
    String[] countries = {"Chad", "France", "Peru"};
    for (int u = 0; u < 200; u++) {
      for (int n = 0; n < 12; n++) {
        int country = (u + random.nextInt(2)) % 3;
        lines.append("u%03d,i%d,1,".formatted(u, 25 * country + random.nextInt(25)));
        lines.append(1_600_000_000L + 100_000L * n + u).append(',').append(countries[country]);
        lines.append('\n');
      }
    }
    return Files.writeString(folder.resolve("visits.csv"), lines);
  }

  /** With few steps to learn in, the network is asked for and learns fast. */
  private Path networkOver(Path file) {
    TrainingOptions options =
        TrainingOptions.defaults()
            .withFactors(ImplicitAlsOptions.defaults().withRank(8).withSweeps(4))
            .withScorer(
                ScorerOptions.defaults()
                    .withHidden(List.of(16))
                    .withEpochs(40)
                    .withLearning(5e-3, 1e-2)
                    .withSelection(ScorerOptions.Selection.ALWAYS_NETWORK));
    Interactions data =
        new InteractionReader(
                InteractionFormat.movieLensCsv().withContext(List.of("country", "weekday")),
                ReadingRules.defaults())
            .read(file);
    Release.Released released =
        new Release(folder.resolve("models"), "test")
            .run("visits", data, List.of(), options, Progress.none());
    assertEquals(ScorerChoice.Variant.NETWORK, released.training().choice().variant());
    return released.bundle().folder();
  }

  @Test
  void published_servedInTheContextOfEveryCase_agreesWithTheTrainer_andRetrains()
      throws IOException {
    String url = Cluster.shared().baseUri().toString();
    Path file = write();
    List<String> data = new ArrayList<>(List.of("--interactions", file.toString()));
    List<String> training = new ArrayList<>(data);
    training.addAll(List.of("--context-columns", "country,weekday", "--name", "visits"));
    training.addAll(List.of("--out", folder.resolve("models").toString()));
    training.addAll(List.of("--rank", "8", "--sweeps", "4", "--hidden", "16", "--epochs", "20"));
    String bundle = networkOver(file).toString();
    run(List.of("publish", "--json", "--url", url, bundle, "--anyway"));
    // The columns are the bundle's own where none are named.
    JsonNode served = run("evaluate", data, "--url", url, bundle);
    assertTrue(served.get("same_data_and_protocol").booleanValue());
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-4);

    List<String> search = List.of("search", "--json", "--url", url, "--model", "visits", "");
    List<String> top = new ArrayList<>();
    for (String country : List.of("Chad", "France", "Peru")) {
      List<String> abroad = new ArrayList<>(search);
      abroad.addAll(List.of("--user", "u000", "--context", "country=" + country));
      top.add(run(abroad).at("/hits/0/id").asString());
    }
    assertNotEquals(top.get(0), top.get(1));

    training.set(training.indexOf("--epochs") + 1, "21");
    training.addAll(List.of("--url", url, "--force"));
    assertEquals("published", run("retrain", training).get("decision").asString());
  }

  @Test
  void retrained_fromAnIndexWithAContextField_readsIt() throws IOException {
    String url = Cluster.shared().baseUri().toString();
    StringBuilder bulk = new StringBuilder();
    for (String line : Files.readAllLines(write()).subList(1, 2401)) {
      String[] fields = line.split(",", -1);
      bulk.append("{\"index\":{}}\n");
      bulk.append(
          "{\"user_id\":\"%s\",\"item_id\":\"%s\",\"timestamp\":%s000,\"country\":\"%s\"}\n"
              .formatted(fields[0], fields[1], fields[3], fields[4]));
    }
    Cluster.shared()
        .call(
            "PUT",
            "/visit-log",
            "{\"mappings\":{\"properties\":{\"user_id\":{\"type\":\"keyword\"},\"item_id\":{\"type\":\"keyword\"},"
                + "\"timestamp\":{\"type\":\"date\"},\"country\":{\"type\":\"keyword\"}}}}")
        .expect(200);
    Cluster.shared().call("POST", "/visit-log/_bulk?refresh=true", bulk.toString()).expect(200);
    JsonNode retrained =
        run(
            List.of(
                "retrain",
                "--json",
                "--url",
                url,
                "--from-index",
                "visit-log",
                "--context-columns",
                "country,hour",
                "--name",
                "visit-log-model",
                "--out",
                folder.resolve("indexed").toString(),
                "--rank",
                "8",
                "--sweeps",
                "3",
                "--hidden",
                "8",
                "--epochs",
                "2"));
    assertEquals("published", retrained.get("decision").asString());
    try (var files = Files.walk(folder.resolve("indexed"))) {
      String manifest =
          Files.readString(
              files.filter(path -> path.endsWith("manifest.json")).findFirst().orElseThrow());
      assertTrue(manifest.contains("\"Chad\""), manifest);
      assertTrue(manifest.replace(" ", "").contains("\"column\":\"hour\""), manifest);
    }
  }
}
