package org.neuralrescore.trainer.tune.auto;

import java.util.List;
import org.neuralrescore.trainer.eval.Choice;

/**
 * What was tried and what is chosen.
 *
 * @param chosen with all its sweeps and factors
 * @param choice between the candidates of the last rung
 * @param trials in the order in which they ran
 * @param skipped candidates that the time did not reach
 */
public record AutoResult(AutoCandidate chosen, Choice choice, List<AutoTrial> trials, int skipped) {
  public AutoResult {
    trials = List.copyOf(trials);
  }
}
