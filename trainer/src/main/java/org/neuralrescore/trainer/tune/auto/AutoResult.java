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
 * @param choice between the factors of the last rung, or of the first where the time was up
 * @param early whether it was
 * @param trials in the order in which they ran
 * @param skipped candidates that the time did not reach, or would not have seen end
 */
public record AutoResult(
    AutoCandidate chosen,
    Optional<WideOptions> wide,
    Choice choice,
    boolean early,
    List<AutoTrial> trials,
    int skipped) {
  public AutoResult {
    trials = List.copyOf(trials);
  }

  /** One sentence for a person: of one kind of factors the best were tried for, not asked for. */
  public String reason() {
    if (trials.stream().noneMatch(trial -> trial.candidate() instanceof AutoCandidate)) {
      return "the time went into item-to-item weights, and the plainest factors ship beside them";
    }
    String reason =
        choice.leads().isEmpty()
            ? String.format(
                Locale.ROOT,
                "the best of its kind that was tried, with NDCG %.4f on %d validation cases",
                choice.shipped().mean().ndcg(),
                choice.shipped().cases().size())
            : choice.reason();
    return early ? "the time was up behind the first round; " + reason : reason;
  }

  /** As flags of {@code train}. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>(chosen.flags());
    wide.ifPresent(way -> flags.addAll(WideCandidate.flags(way)));
    return flags;
  }
}
