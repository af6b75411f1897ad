// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import org.neuralrescore.trainer.factors.toy.ToyOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.Release;
import org.neuralrescore.trainer.tune.Axis;
import org.neuralrescore.trainer.tune.SearchSpace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A new method is its own room and a line in the list: flags, search and bundle follow. */
class ToyMethodTest {
  private static final FactorMethods METHODS = FactorMethods.standard().and(ToyOptions.METHOD);

  @TempDir Path folder;

  @Command(name = "probe")
  private static final class Probe {
    @Mixin FactorFlags factors = new FactorFlags(METHODS);
    @Mixin PrivacyFlags privacy = new PrivacyFlags();
  }

  private static ToyOptions parse(String... flags) {
    Probe probe = new Probe();
    new CommandLine(probe).parseArgs(flags);
    return (ToyOptions) probe.factors.resolve(probe.privacy);
  }

  @Test
  void flags_areThoseOfItsSettings() {
    assertEquals(
        new ToyOptions(7, 3, 42, 0.5), parse("--factors", "toy", "--rank", "7", "--doubt", "0.5"));
    String help = new CommandLine(new Probe()).getUsageMessage().replaceAll("\\s+", " ");
    assertTrue(help.contains("How little is thought of what was not touched"), help);
    IllegalArgumentException foreign =
        assertThrows(
            IllegalArgumentException.class, () -> parse("--factors", "toy", "--alpha0", "1"));
    assertTrue(foreign.getMessage().contains("--alpha0 belongs to"), foreign.getMessage());
    assertThrows(IllegalArgumentException.class, () -> parse("--factors", "toy", "--doubt", "x"));
  }

  @Test
  void search_variesItsSettings() {
    SearchSpace space = SearchSpace.defaults(ToyOptions.METHOD);
    assertEquals(
        List.of("recency", "rank", "doubt"),
        space.axes().keySet().stream().map(Axis::label).toList());
    assertEquals(4 * 2 * 2, space.size());
  }

  @Test
  void bundle_saysHowItWasMade() throws IOException {
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int u = 0; u < 40; u++) {
      for (int n = 0; n < 6; n++) {
        lines.append("u").append(u).append(",i").append((u * 7 + n * 3) % 20);
        lines.append(",1,").append(n + 1).append('\n');
      }
    }
    Path file = folder.resolve("data.csv");
    Files.writeString(file, lines);
    Interactions data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults()).read(file);
    TrainingOptions defaults = TrainingOptions.defaults();
    Release.Released released =
        new Release(folder.resolve("bundles"), "test")
            .run(
                "toy",
                data,
                List.of(),
                defaults
                    .withFactors(parse("--factors", "toy", "--doubt", "0.5"))
                    .withScorer(defaults.scorer().withHidden(List.of())),
                Progress.none());
    Provenance made =
        Provenance.of(Bundle.open(released.bundle().folder()).manifest()).orElseThrow();
    TrainedWith trained = made.trained().orElseThrow();
    assertEquals("toy", trained.method());
    assertEquals(4, trained.rank());
    assertTrue(made.options().get("factors").toString().contains("doubt=0.5"), made.toString());
    assertTrue(made.versions().get("build").matches("[0-9a-f]{12}"), made.toString());
  }
}
