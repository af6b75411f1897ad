// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.Ranker;

/** A baseline that has learned: what histories weigh is said when they are asked. */
@FunctionalInterface
public interface LearnedBaseline {
  /**
   * Ranks.
   *
   * @param weighting what each interaction of a history weighs when its user is scored
   */
  Ranker weighing(HistoryWeighting weighting);
}
