// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.Verdict;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.model.EffectiveRank;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.scorer.ScorerChoice;

/**
 * What a trained model comes to, said before anything else: its standing against the strongest
 * baseline, whether its factors collapsed, and what to try.
 *
 * @param verdict empty where no baseline was measured
 * @param rank how many directions the item factors use
 * @param readsFactors whether what ships reads the factors at all
 */
public record Judgement(Optional<Verdict> verdict, EffectiveRank rank, boolean readsFactors) {
  private static final List<String> BASELINES =
      Arrays.stream(Baseline.values()).map(Baseline::label).toList();

  /**
   * Judges a model by its scoreboard and its item factors.
   *
   * @param variant what ships
   */
  public static Judgement of(
      Scoreboard scoreboard, FactorMatrix items, ScorerChoice.Variant variant) {
    return new Judgement(
        verdict(scoreboard), EffectiveRank.of(items), variant != ScorerChoice.Variant.WIDE);
  }

  /** Whether the model ranks by factors that rank nearly alike for everybody. */
  public boolean collapsed() {
    return readsFactors && rank.collapsed();
  }

  /** Against the strongest of the baselines that a scoreboard has. */
  public static Optional<Verdict> verdict(Scoreboard scoreboard) {
    return Verdict.of(scoreboard, BASELINES);
  }

  /** What to do next, one sentence a line; nothing where the model is surely better. */
  public List<String> advice() {
    if (collapsed()) {
      return List.of(
          String.format(
              Locale.ROOT,
              "the %d factors collapsed: they use %.1f directions and rank nearly alike for"
                  + " everybody; try a smaller --alpha0 (.001 to .01), a smaller --rank, or another"
                  + " method of --factors",
              rank.columns(),
              rank.value()));
    }
    return verdict
        .filter(v -> v.standing() != Verdict.Standing.BETTER)
        .map(
            v ->
                List.of(
                    "to try: 'neural-rescore tune', which searches a method's options on validation"
                        + " cases; --factors transitions, where order matters; --factors distilled,"
                        + " where "
                        + v.baseline()
                        + " is strong"))
        .orElse(List.of());
  }
}
