// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Data in MovieLens's layout and the bundles that the trainer makes of it, on the shared cluster.
 */
record TrainerFolder(Path root) {
  /** A command that succeeds. */
  static JsonNode run(List<String> words) {
    return TrainerRun.of(words).expect(0).json();
  }

  /** A command that asks the cluster. */
  JsonNode cluster(String command, String... more) {
    List<String> all = words(command);
    all.addAll(List.of("--url", Cluster.shared().baseUri().toString()));
    all.addAll(List.of(more));
    return run(all);
  }

  /** The words of a command that trains. */
  List<String> training(String command, String name, List<String> flags, String... more) {
    List<String> all = words(command);
    all.addAll(List.of("--name", name, "--out", root.resolve("models").toString()));
    all.addAll(List.of("--baselines", "none"));
    all.addAll(flags);
    all.addAll(List.of(more));
    return all;
  }

  private List<String> words(String command) {
    return new ArrayList<>(List.of(command, "--json", "--data", root.resolve("data").toString()));
  }

  /** Writes the interactions: lines without their header. */
  void write(List<String> ratings) throws IOException {
    Files.createDirectories(root.resolve("data"));
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    lines.addAll(ratings);
    Files.write(root.resolve("data/ratings.csv"), lines);
  }

  /** How many documents of an index have a field. */
  static int documentsWith(String index, String field) {
    return Cluster.shared()
        .call(
            "",
            "POST",
            "/" + index + "/_count",
            "{\"query\": {\"exists\": {\"field\": \"" + field + "\"}}}")
        .expect(200)
        .json()
        .path("count")
        .asInt();
  }
}
