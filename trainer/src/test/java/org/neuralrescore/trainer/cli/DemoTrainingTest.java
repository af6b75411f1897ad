// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.wide.Direction;

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

  private static List<Direction> directions(TrainingOptions options) {
    return options.wide().stream().map(way -> way.direction()).toList();
  }
}
