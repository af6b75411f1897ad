// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.planted.PlantedSteps;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.tune.auto.AutoResult;
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

  /** How the tool itself spells that histories do not fade: given, it stays. */
  @Test
  void choose_keepsARecencyThatWasGiven_beItNone() {
    Interactions steps = PlantedLines.read(PlantedSteps.lines(60, 9, 4));
    assertTrue(floors(steps).size() > 1, "else there is nothing to choose");
    assertEquals(Set.of(1.0), floors(steps, "--recency-days", "1", "--recency-floor", "1"));
    assertEquals(Set.of(0.3), floors(steps, "--recency-days", "2", "--recency-floor", "0.3"));
  }

  /** Dozens of candidates are tried by default: nobody asked for the one that ships. */
  @Test
  void reason_ofADefaultChoice_isWhatWasTried_everywhere() {
    AutoResult made = chosen("--no-network").result();
    assertTrue(made.trials().size() > 10, made.trials()::toString);
    int cases = made.choice().shipped().cases().size();
    String reason = made.reason();
    assertTrue(reason.startsWith("the best of its kind that was tried, with NDCG 0."), reason);
    assertTrue(reason.endsWith(" on " + cases + " validation cases"), reason);
    List<String> flags = made.flags();
    for (String told :
        List.of(
            AutoChoice.text(made, flags),
            AutoChoice.json(made, flags).get("reason").toString(),
            AutoChoice.chapter(made, flags, 7).toString())) {
      assertTrue(told.contains(reason) && !told.contains("asked for"), told);
    }
  }

  /** Least weights of histories that were tried. */
  private static Set<Double> floors(Interactions data, String... given) {
    List<String> all = new ArrayList<>(List.of("--no-network", "--rank", "4"));
    all.addAll(List.of(given));
    TrainingFlags flags = TrainingFlags.read(all, Optional.empty());
    AutoChoice.Outcome made =
        new AutoChoice().choose(data, flags.base(), flags.kept(), Progress.none());
    return made.result().trials().stream()
        .map(trial -> trial.candidate().weighting().floor())
        .collect(Collectors.toSet());
  }

  private static AutoChoice.Outcome chosen(String... flags) {
    return new AutoChoice()
        .choose(
            new PlantedTastes(4, 80, 60, 8, 5).interactions(),
            TrainingFlags.read(List.of(flags), Optional.empty()).base(),
            new AutoChoice.Given(OptionalInt.of(4), false),
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
