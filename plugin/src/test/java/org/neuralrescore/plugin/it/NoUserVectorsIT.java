// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import tools.jackson.databind.JsonNode;

/** A bundle without users, published, searched by history, and trained anew. */
class NoUserVectorsIT {
  @TempDir Path folder;

  private static JsonNode run(String... arguments) {
    return TrainerRun.of(arguments).expect(0).json();
  }

  private String[] with(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 5);
    int n = arguments.length;
    all[n] = "--json";
    all[n + 1] = "--data";
    all[n + 2] = folder.resolve("data").toString();
    all[n + 3] = "--url";
    all[n + 4] = Cluster.shared().baseUri().toString();
    return all;
  }

  @Test
  void published_rankedByHistory_agreesWithTheTrainer_andNoUserIsInTheCluster() throws IOException {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(150, 60, 5));
    String bundles = folder.resolve("models").toString();
    JsonNode made =
        run(
            "train",
            "--json",
            "--data",
            folder.resolve("data").toString(),
            "--name",
            "nobody",
            "--out",
            bundles,
            "--rank",
            "8",
            "--sweeps",
            "4",
            "--no-network",
            "--recency-days",
            "30",
            "--values",
            "rating",
            "--factors",
            "kl-cd",
            "--no-user-vectors");
    String bundle = made.get("bundle").asString();

    assertEquals(0, run(with("publish", bundle, "--anyway")).get("users").intValue());

    JsonNode served = run(with("evaluate", bundle));
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-4);
    Cluster.Answer users = Cluster.shared().call("", "GET", "/nobody-users/_count", "").expect(200);
    assertEquals(0, users.json().path("count").asInt());

    JsonNode again =
        run(
            with(
                "retrain",
                "--name",
                "nobody",
                "--out",
                bundles,
                "--rank",
                "8",
                "--sweeps",
                "4",
                "--no-network",
                "--recency-days",
                "90",
                "--values",
                "rating",
                "--factors",
                "kl-cd",
                "--no-user-vectors",
                "--force"));
    assertEquals("published", again.get("decision").asString());
  }
}
