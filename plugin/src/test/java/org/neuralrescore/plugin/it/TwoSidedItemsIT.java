// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import tools.jackson.databind.JsonNode;

/** Items whose vectors have two sides: published and retrained like any others. */
class TwoSidedItemsIT {
  @TempDir Path folder;

  private JsonNode run(String command, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(command, "--json"));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    all.addAll(arguments);
    return TrainerRun.of(all).expect(0).json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"neighbours", "session-softmax", "transitions"})
  void published_byIdAndByHistory_agreeWithTheTrainer_andRetrain(String factors) throws Exception {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(150, 60, 5));
    String url = Cluster.shared().baseUri().toString();
    List<String> training = new ArrayList<>();
    training.addAll(List.of("--name", "two-" + factors));
    training.addAll(List.of("--out", folder.resolve("models").toString()));
    training.addAll(List.of("--rank", "8", "--sweeps", "4", "--hidden", "8", "--epochs", "2"));
    training.addAll(List.of("--factors", factors, "--recency-days", "30"));
    if (!factors.equals("transitions")) {
      training.addAll(List.of("--session-days", "1"));
    }

    String bundle = run("train", training).get("bundle").asString();
    run("publish", List.of("--url", url, bundle, "--anyway"));
    JsonNode served = run("evaluate", List.of("--url", url, bundle));
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-4);

    // By history alone: the second side of each item's vector is read in the search.
    training.set(1, "two-" + factors + "-nobody");
    training.add("--no-user-vectors");
    String nobody = run("train", training).get("bundle").asString();
    run("publish", List.of("--url", url, nobody, "--anyway"));
    JsonNode byHistory = run("evaluate", List.of("--url", url, nobody));
    assertEquals(0, byHistory.get("rank_mismatches").intValue());
    assertTrue(byHistory.get("max_score_difference").doubleValue() < 1e-4);

    training.addAll(List.of("--url", url, "--force"));
    training.set(training.indexOf("30"), "90");
    assertEquals("published", run("retrain", training).get("decision").asString());
  }
}
