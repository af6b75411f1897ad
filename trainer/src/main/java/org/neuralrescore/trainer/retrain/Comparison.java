// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two models on the same cases: mean figures and the paired percentile bootstrap interval of their
 * difference (Efron and Tibshirani 1993). Pairing takes out what makes a case hard for both.
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
    double[] differences = new double[n];
    double deployedSum = 0;
    double freshSum = 0;
    for (int c = 0; c < n; c++) {
      differences[c] = fresh[c] - deployed[c];
      deployedSum += deployed[c];
      freshSum += fresh[c];
    }
    double[] means = new double[DRAWS];
    SplittableRandom random = new SplittableRandom(seed);
    for (int d = 0; d < DRAWS; d++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += differences[random.nextInt(n)];
      }
      means[d] = sum / n;
    }
    Arrays.sort(means);
    int tail = (int) Math.round(DRAWS * (1 - confidence) / 2);
    return new Comparison(
        n,
        deployedSum / n,
        freshSum / n,
        (freshSum - deployedSum) / n,
        means[tail],
        means[DRAWS - 1 - tail]);
  }
}
