// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * What was tried and what is chosen.
 *
 * @param chosen with all its sweeps and factors
 * @param wide item-to-item weights that the scorer is offered beside the factors; empty where a
 *     person said which
 * @param choice between the factors of the last rung
 * @param trials in the order in which they ran
 * @param skipped candidates that the time did not reach
 */
public record AutoResult(
    AutoCandidate chosen,
    Optional<WideOptions> wide,
    Choice choice,
    List<AutoTrial> trials,
    int skipped) {
  public AutoResult {
    trials = List.copyOf(trials);
  }

  /** One sentence for a person: of one kind of factors the best were tried for, not asked for. */
  public String reason() {
    return choice.leads().isEmpty()
        ? String.format(
            Locale.ROOT,
            "the best of the factors that were tried, with NDCG %.4f on %d validation cases",
            choice.shipped().mean().ndcg(),
            choice.shipped().cases().size())
        : choice.reason();
  }

  /** As flags of {@code train}. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>(chosen.flags());
    wide.ifPresent(way -> flags.addAll(WideCandidate.flags(way)));
    return flags;
  }
}
