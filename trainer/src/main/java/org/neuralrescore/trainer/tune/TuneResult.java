// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.util.List;

/**
 * What a search found.
 *
 * @param trials every candidate's last trial, the best first: those that got further before those
 *     that were left behind, by validation NDCG within a rung
 * @param failed candidates that came to no figure, in the order of the draw
 * @param resumed trials that were taken from the log instead of run
 * @param run trials that were run to their figure
 * @param untried candidates that the time left out of the first rung
 * @param ending why the search ended
 */
public record TuneResult(
    List<Trial> trials,
    List<FailedTrial> failed,
    int resumed,
    int run,
    int untried,
    Ending ending) {
  /** Why a search ends. */
  public enum Ending {
    /** All rungs were run. */
    COMPLETE,
    /** The next rung, or of the first the next trial, would not have fitted into the time. */
    TIME
  }

  public TuneResult {
    trials = List.copyOf(trials);
    failed = List.copyOf(failed);
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("a search expects at least one trial, got none");
    }
  }

  /** The best. */
  public Trial best() {
    return trials.get(0);
  }
}
