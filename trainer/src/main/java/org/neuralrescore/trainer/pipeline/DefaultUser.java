package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.model.FactorMatrix;

/** Who is asked for when nobody is known. */
final class DefaultUser {
  private DefaultUser() {}

  /**
   * The mean of all users with a history: its dot product with an item is the mean of theirs, which
   * orders items much as popularity does.
   *
   * @return [1 x rank]
   */
  static FactorMatrix mean(FactorMatrix users, Histories histories) {
    int rank = users.rank();
    double[] sum = new double[rank];
    int count = 0;
    for (int u = 0; u < users.rows(); u++) {
      if (histories.length(u) > 0) {
        count++;
        for (int f = 0; f < rank; f++) {
          sum[f] += users.values()[u * rank + f];
        }
      }
    }
    float[] mean = new float[rank];
    for (int f = 0; f < rank; f++) {
      mean[f] = (float) (sum[f] / Math.max(1, count));
    }
    return new FactorMatrix(1, rank, mean);
  }
}
