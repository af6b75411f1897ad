// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.Optional;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.baseline.Baseline;

/**
 * A baseline at its best.
 *
 * @param baseline which
 * @param weighting what the interactions of a history weighed, chosen on validation cases
 * @param regularisation such as lambda and its value, likewise; empty of one that only counts
 * @param survey its figures on test cases
 */
public record MeasuredBaseline(
    Baseline baseline,
    HistoryWeighting weighting,
    Optional<Setting> regularisation,
    RankingSurvey survey) {
  /** A name and its value. */
  public record Setting(String name, double value) {}
}
