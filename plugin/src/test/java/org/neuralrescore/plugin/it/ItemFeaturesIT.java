// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A scorer that reads popularity, age and content beside the factors: trained where the new items
 * are what everyone takes, published, searched, and gone when its generation is.
 */
class ItemFeaturesIT {
  private static final String NAME = "fashions";
  private static final int DAYS = 100;
  private static final int FASHION_DAYS = 4;

  @TempDir Path folder;
  private TrainerFolder trainer;

  @BeforeEach
  void open() {
    trainer = new TrainerFolder(folder);
  }

  /** Two new items a day; everyone always takes one of the last few days. */
  private void write() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>();
    for (int user = 0; user < 300; user++) {
      for (int n = 0; n < 10; n++) {
        int day = n < 8 ? FASHION_DAYS + random.nextInt(DAYS - FASHION_DAYS) : DAYS - 1;
        int item = (day - random.nextInt(FASHION_DAYS)) * 2 + random.nextInt(2);
        long time = 1_000_000_000L + day * 86_400L + n * 3600L + random.nextInt(600);
        lines.add("u" + user + ",i" + item + ",5," + time);
      }
    }
    trainer.write(lines);
    // Every fourth item has no vector, as a shop's have not.
    List<String> vectors = new ArrayList<>();
    for (int item = 0; item < DAYS * 2; item++) {
      if (item % 4 != 0) {
        vectors.add("i" + item + "\t" + item % 3 + "\t" + 0.5 * (item % 5) + "\t-1.25");
      }
    }
    Files.write(folder.resolve("vectors.tsv"), vectors);
  }

  private List<String> training(String command, String seed) {
    return trainer.training(
        command,
        NAME,
        List.of(
            ("--rank 6 --sweeps 4 --hidden 16,8 --epochs 15 --features popularity,age,content --seed "
                    + seed)
                .split(" ")),
        "--content-vectors",
        folder.resolve("vectors.tsv").toString());
  }

  private JsonNode mapping() {
    return Cluster.shared()
        .call("", "GET", "/" + NAME + "/_mapping", "")
        .expect(200)
        .json()
        .path(NAME)
        .path("mappings")
        .path("properties");
  }

  @Test
  void trainedWithFeatures_published_ranksAsTheTrainerDoes_andOldGenerationsFieldsGo()
      throws IOException {
    write();
    JsonNode first = TrainerFolder.run(training("train", "1"));
    assertEquals(
        List.of("user", "items", "popularity", "age", "content"),
        first.get("scorer_inputs").valueStream().map(JsonNode::asString).toList());
    assertTrue(first.at("/features/ship").asBoolean());
    String bundle = first.get("bundle").asString();
    String generation = first.get("generation").asString();

    trainer.cluster("publish", bundle, "--anyway");
    assertEquals("float", mapping().path("popularity_" + generation).path("type").asString());
    assertEquals("float", mapping().path("age_" + generation).path("type").asString());
    assertEquals(3, mapping().path("content_" + generation).path("dims").asInt());
    int withContent = TrainerFolder.documentsWith(NAME, "content_" + generation);
    assertTrue(
        withContent > 0 && withContent < TrainerFolder.documentsWith(NAME, "age_" + generation));

    JsonNode served = trainer.cluster("evaluate", bundle);
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-4);
    explanationAddsUp();

    // The same through the retraining, twice: the first generation's fields are cleared then.
    List<String> again = new ArrayList<>(training("retrain", "2"));
    again.addAll(List.of("--url", Cluster.shared().baseUri().toString(), "--force"));
    assertEquals("published", TrainerFolder.run(again).get("decision").asString());
    again.set(again.indexOf("--seed") + 1, "3");
    JsonNode third = TrainerFolder.run(again);
    assertEquals("published", third.get("decision").asString());
    for (String feature : List.of("factors", "popularity", "age", "content")) {
      assertEquals(0, TrainerFolder.documentsWith(NAME, feature + "_" + generation), feature);
    }
    String last = third.get("generation").asString();
    assertTrue(TrainerFolder.documentsWith(NAME, "age_" + last) > 0);
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
  }

  /** {@code score = softplus(dot + bias + remainder)}, with what the features say in the rest. */
  private void explanationAddsUp() {
    JsonNode hits =
        Cluster.shared()
            .call(
                "",
                "POST",
                "/" + NAME + "/_search",
                "{\"size\": 5, \"explain\": true, \"query\": {\"match_all\": {}}, \"rescore\":"
                    + " {\"window_size\": 200, \"neural\": {\"model\": \""
                    + NAME
                    + "\", \"user\": {\"id\": \"u7\"}}}}")
            .expect(200)
            .json()
            .at("/hits/hits");
    assertEquals(5, hits.size());
    for (JsonNode hit : hits) {
      double score = hit.path("_score").asDouble();
      assertEquals(score, hit.at("/_explanation/value").asDouble(), 1e-6 * score);
      String text = hit.path("_explanation").toString();
      double logit = value(text, "remainder, the network's part") + value(text, "bias");
      logit += value(text, "dot_scale * <user, item>");
      assertEquals(score, Math.log1p(Math.exp(logit)), 1e-4 * Math.max(1, score), text);
    }
  }

  /** The value of the explanation whose description begins so. */
  private static double value(String explanation, String description) {
    Matcher found =
        Pattern.compile("\"value\":([-0-9.Ee]+),\"description\":\"" + Pattern.quote(description))
            .matcher(explanation);
    assertTrue(found.find(), description + " in " + explanation);
    return Double.parseDouble(found.group(1));
  }
}
