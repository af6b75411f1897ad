// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import org.neuralrescore.trainer.eval.PairedDifferences;

/**
 * Two models on the same cases: mean figures and the paired bootstrap interval of their difference
 * ({@link PairedDifferences}). Pairing takes out what makes a case hard for both.
 *
 * @param cases their number
 * @param deployed mean NDCG of the deployed model
 * @param fresh mean NDCG of the new one
 * @param difference fresh minus deployed
 * @param low the interval's lower end
 * @param high the interval's upper end
 */
public record Comparison(
    int cases, double deployed, double fresh, double difference, double low, double high) {
  private static final int DRAWS = 4000;

  /**
   * Compares.
   *
   * @param deployed NDCG by case
   * @param fresh NDCG by the same cases
   * @param confidence of the two-sided interval
   */
  public static Comparison of(double[] deployed, double[] fresh, double confidence, long seed) {
    int n = deployed.length;
    if (n == 0 || fresh.length != n) {
      throw new IllegalArgumentException(
          "comparison expects figures on the same cases, got " + n + " and " + fresh.length);
    }
    PairedDifferences differences = new PairedDifferences(fresh, deployed);
    PairedDifferences.Draws drawn = differences.draw(DRAWS, seed);
    int tail = (int) Math.round(DRAWS * (1 - confidence) / 2);
    double deployedSum = 0;
    double freshSum = 0;
    for (int c = 0; c < n; c++) {
      deployedSum += deployed[c];
      freshSum += fresh[c];
    }
    return new Comparison(
        n,
        deployedSum / n,
        freshSum / n,
        (freshSum - deployedSum) / n,
        drawn.low(tail, confidence),
        drawn.high(DRAWS - 1 - tail, confidence));
  }

  /** Whether there are cases enough to show anything: of fewer the difference can be any. */
  boolean shows() {
    return high - low < 2;
  }
}
