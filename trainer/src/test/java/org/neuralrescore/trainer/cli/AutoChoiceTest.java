// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.tune.auto.WideCandidate;

class AutoChoiceTest {
  /** Where hardly two items have so many users together, hardly a weight may ship. */
  @Test
  void choose_judgesWeightsAsTheyMayShip() {
    AutoChoice.Outcome free = chosen("--no-network");
    AutoChoice.Outcome held = chosen("--no-network", "--min-users-per-item", "9");
    assertTrue(
        best(held) < best(free) / 2, best(held) + " where " + best(free) + " is not allowed");
    held.options().wide().forEach(way -> assertEquals(1, way.minTogether()));
  }

  private static AutoChoice.Outcome chosen(String... flags) {
    return new AutoChoice()
        .choose(
            new PlantedTastes(4, 80, 60, 8, 5).interactions(),
            TrainingFlags.read(List.of(flags), Optional.empty()).base(),
            OptionalInt.of(4),
            Progress.none());
  }

  private static double best(AutoChoice.Outcome made) {
    return made.result().trials().stream()
        .filter(trial -> trial.candidate() instanceof WideCandidate)
        .mapToDouble(trial -> trial.ndcg())
        .max()
        .orElseThrow();
  }
}
