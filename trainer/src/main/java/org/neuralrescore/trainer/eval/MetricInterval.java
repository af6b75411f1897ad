// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean over cases with its 95 % percentile bootstrap interval (Efron and Tibshirani 1993).
 *
 * <p>Redrawing knows only what was seen: of ten cases that all failed it would say 0 to 0. So many
 * cases may all have missed a kind that is a share {@code 1 - .025^(1/n)} of users, as Clopper and
 * Pearson's interval of no success says (1934, "The Use of Confidence or Fiducial Limits"); the
 * interval holds what the mean is where those all are 0, and where they all are 1. Of some hundred
 * cases that differ this adds nothing.
 *
 * @param mean over the cases
 * @param low the 2.5 % quantile of redrawn means, or less
 * @param high the 97.5 % quantile, or more
 */
public record MetricInterval(double mean, double low, double high) {
  private static final int DRAWS = 1000;
  private static final double TAIL = 0.025;

  /**
   * Of one figure a case.
   *
   * @param cases at least one, of 0 to 1
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
    double mean = sum / cases.length;
    double unseen = 1 - Math.pow(TAIL, 1.0 / cases.length);
    return new MetricInterval(
        mean,
        Math.min(means[DRAWS * 25 / 1000], mean * (1 - unseen)),
        Math.max(means[DRAWS * 975 / 1000 - 1], mean * (1 - unseen) + unseen));
  }
}
