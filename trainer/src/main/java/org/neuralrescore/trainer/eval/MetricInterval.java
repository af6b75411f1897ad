// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean over cases with its 95 % percentile bootstrap interval (Efron and Tibshirani 1993).
 *
 * @param mean over the cases
 * @param low the 2.5 % quantile of redrawn means
 * @param high the 97.5 % quantile
 */
public record MetricInterval(double mean, double low, double high) {
  private static final int DRAWS = 1000;

  /**
   * Of one figure a case.
   *
   * @param cases at least one
   * @param seed of the draws
   */
  public static MetricInterval of(double[] cases, long seed) {
    double[] means = new double[DRAWS];
    SplittableRandom random = new SplittableRandom(seed);
    for (int d = 0; d < DRAWS; d++) {
      double sum = 0;
      for (int i = 0; i < cases.length; i++) {
        sum += cases[random.nextInt(cases.length)];
      }
      means[d] = sum / cases.length;
    }
    Arrays.sort(means);
    double sum = 0;
    for (double value : cases) {
      sum += value;
    }
    return new MetricInterval(
        sum / cases.length, means[DRAWS * 25 / 1000], means[DRAWS * 975 / 1000 - 1]);
  }
}
