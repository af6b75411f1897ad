// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.GivenSplit;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.wide.Direction;
import picocli.CommandLine;

class DemoTrainingTest {
  private static TrainingOptions given(String... flags) {
    return TrainingFlags.read(List.of(flags), Optional.empty()).base();
  }

  private static TrainingOptions onFilms(TrainingOptions given) {
    return DemoTraining.onFilms(given, OptionalInt.empty()).options();
  }

  @Test
  void onFilms_trainsAsTrainWouldByTheFlagsThatItTells() {
    DemoTraining training = DemoTraining.onFilms(given(), OptionalInt.empty());
    assertEquals(given(DemoTraining.FOR_FILMS.toArray(String[]::new)), training.options());
    assertTrue(
        training.lines().get(0).endsWith(String.join(" ", DemoTraining.FOR_FILMS)),
        training.lines()::toString);
  }

  @Test
  void onFilms_leavesWhatWasGiven() {
    TrainingOptions given =
        given("--wide", "next", "--recency-days", "2", "--recency-floor", "0.3", "--seed", "9");
    TrainingOptions options = onFilms(given);
    assertEquals(List.of(Direction.NEXT), directions(options));
    assertEquals(new HistoryWeighting(0.3, 2), options.weighting());
    assertEquals(9, options.seed());
    assertEquals(32, DemoTraining.onFilms(given, OptionalInt.of(32)).options().factors().rank());
  }

  @Test
  void demo_withABudgetAndAMethod_refusesBeforeItTrains() {
    CommandRun run = CommandRun.of("demo", "--budget", "5m", "--factors", "nmf");
    assertEquals(2, run.exitCode());
    assertTrue(run.errorLine().contains("--budget is for the choice of a method"), run.err());
  }

  @Test
  void demo_onASplitThatIsThere_learnsFromItsOneSideAlone(@TempDir Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int user = 0; user < 30; user++) {
      for (int n = 0; n < 6; n++) {
        lines.add("u" + user + ",i" + (user + n * n) % 20 + "," + (n + 1));
      }
    }
    Path train = Files.write(folder.resolve("train.csv"), header(lines.subList(0, 150)));
    Path test = Files.write(folder.resolve("test.csv"), header(lines.subList(0, 180)));
    DemoCommand demo = new DemoCommand();
    new CommandLine(demo)
        .parseArgs(
            "--train", train.toString(), "--test", test.toString(), "--factors", "implicit-als");
    Interactions read = demo.data.readInteractions(List.of());
    TrainingOptions options = demo.training(false, read).options();
    assertInstanceOf(GivenSplit.class, options.protocol());
  }

  private static List<String> header(List<String> lines) {
    List<String> all = new ArrayList<>(List.of("user_id,item_id,timestamp"));
    all.addAll(lines);
    return all;
  }

  @Test
  void demo_withoutItsZips_saysSoBeforeItMakesData(@TempDir Path folder) {
    String root = System.getProperty("neuralrescore.root");
    System.setProperty("neuralrescore.root", folder.toString());
    try {
      CommandRun run = CommandRun.of("demo");
      assertEquals(7, run.exitCode(), run.err());
      assertTrue(run.errorLine().contains("expected one neural-rescore-"), run.err());
      assertFalse(Files.exists(folder.resolve("trainer")));
    } finally {
      System.setProperty("neuralrescore.root", root);
    }
  }

  @Test
  void demo_whereThePluginDoesNotRun_refusesBeforeItTrains() {
    String os = System.setProperty("os.name", "Mac OS X");
    try {
      CommandRun run = CommandRun.of("demo");
      assertEquals(7, run.exitCode(), run.err());
      assertTrue(run.errorLine().contains("Linux x64 and aarch64"), run.err());
      assertEquals("", run.out());
    } finally {
      System.setProperty("os.name", os);
    }
  }

  private static List<Direction> directions(TrainingOptions options) {
    return options.wide().stream().map(way -> way.direction()).toList();
  }
}
