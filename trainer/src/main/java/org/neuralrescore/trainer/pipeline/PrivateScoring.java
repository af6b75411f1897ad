// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.ScorerTraining;

/**
 * What ships beside private item factors: made of them and of constants, and of no interaction, so
 * that it tells no more than they do.
 */
final class PrivateScoring {
  /** A prediction of 1 is a log-odds of 2, one of 0 of -2: a guess, where others are calibrated. */
  private static final float SCALE = 4f;

  private static final float BIAS = -2f;

  /** The weight of a whole history, shared by all items. */
  private static final float HISTORY_WEIGHT = 20f;

  private PrivateScoring() {}

  /** The dot product alone, not calibrated. */
  static ScorerTraining.Scorers scorers(int rank, int items) {
    ScorerWeights dot = new ScorerWeights(rank, SCALE, BIAS, List.of());
    return new ScorerTraining.Scorers(
        new ScorerTraining.Trained(dot, ItemFeatures.none(items)),
        dot,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Who touched a little of every item that has factors.
   *
   * @return [1 x rank]
   */
  static FactorMatrix defaultUser(HistoryEncoder encoder) {
    FactorMatrix items = encoder.items();
    int rank = items.rank();
    float[] rows = new float[items.values().length];
    int n = 0;
    for (int item = 0; item < items.rows(); item++) {
      if (!items.isZero(item)) {
        System.arraycopy(items.values(), item * rank, rows, n * rank, rank);
        n++;
      }
    }
    if (n == 0) {
      return new FactorMatrix(1, rank, new float[rank]);
    }
    float[] weights = new float[n];
    Arrays.fill(weights, HISTORY_WEIGHT / n);
    return new FactorMatrix(
        1, rank, encoder.foldIn().encode(Arrays.copyOf(rows, n * rank), weights));
  }
}
