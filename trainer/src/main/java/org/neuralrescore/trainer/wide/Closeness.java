// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Locale;
import org.apache.mahout.math.stats.LogLikelihood;

/** Which items are near enough to an item to be regressed on. */
public enum Closeness {
  /** {@code g_ij / sqrt(g_ii g_jj)}. */
  COSINE {
    @Override
    double of(double both, double one, double other, long rows) {
      return both / Math.sqrt(one * other);
    }
  },
  /**
   * The signed root of the log-likelihood ratio of touching both (Dunning 1993), as in Mahout: how
   * surprising the overlap is. Sums of weights are rounded to counts.
   */
  LLR {
    @Override
    double of(double both, double one, double other, long rows) {
      long k11 = Math.max(1, Math.round(both));
      long k12 = Math.max(0, Math.round(one) - k11);
      long k21 = Math.max(0, Math.round(other) - k11);
      return LogLikelihood.rootLogLikelihoodRatio(
          k11, k12, k21, Math.max(0, rows - k11 - k12 - k21));
    }
  };

  /**
   * How near two items are.
   *
   * @param both what is known of both together, above 0
   * @param one what is known of the one alone, above 0
   * @param other what is known of the other alone, above 0
   * @param rows of how many rows
   */
  abstract double of(double both, double one, double other, long rows);

  /** Its name in flags and reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
