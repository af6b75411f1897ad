// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs of {@code train} and {@code evaluate} on a small generated data set. */
abstract class TrainRuns {
  @TempDir static Path shared;

  @TempDir Path directory;

  @BeforeAll
  static void generate() throws IOException {
    SyntheticData.write(shared.resolve("data"), new SyntheticOptions(200, 80, 3));
  }

  final CommandRun train(String out, String... more) {
    Stream<String> epochs =
        List.of(more).contains("--no-network") ? Stream.empty() : Stream.of("--epochs", "2");
    Stream<String> few = Stream.concat(Stream.of("--rank", "8", "--sweeps", "4"), epochs);
    return plainly(out, Stream.concat(few, Stream.of(more)).toArray(String[]::new));
  }

  final CommandRun plainly(String out, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--json",
                    "--data",
                    shared.resolve("data").toString(),
                    "--name",
                    "films",
                    "--out",
                    directory.resolve(out).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  final CommandRun evaluate(JsonNode trained, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "evaluate",
                    trained.get("bundle").asString(),
                    "--json",
                    "--data",
                    shared.resolve("data").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  static JsonNode trained(CommandRun run) {
    assertEquals(0, run.exitCode(), run.err());
    return new JsonMapper().readTree(run.out());
  }
}
