// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.baseline.Baseline;

/**
 * A baseline at its best.
 *
 * @param baseline which
 * @param weighting what the interactions of a history weighed, chosen on validation cases
 * @param survey its figures on test cases
 */
public record MeasuredBaseline(
    Baseline baseline, HistoryWeighting weighting, RankingSurvey survey) {}
