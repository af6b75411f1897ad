// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Locale;
import org.apache.mahout.math.stats.LogLikelihood;

/** Which items are near enough to an item to be regressed on. */
public enum Closeness {
  /** {@code g_ij / sqrt(g_ii g_jj)}. */
  COSINE {
    @Override
    double of(int target, int other, PairMoments moments) {
      return moments.sum(other) / Math.sqrt(moments.target(target) * moments.mass()[other]);
    }
  },
  /**
   * The signed root of the log-likelihood ratio of touching both (Dunning 1993), as in Mahout: how
   * surprising the overlap is. It is of counts: what an interaction weighs is no matter.
   */
  LLR {
    @Override
    double of(int target, int other, PairMoments moments) {
      long k11 = moments.users(other);
      long k12 = moments.targets(target) - k11;
      long k21 = moments.holding(other) - k11;
      return LogLikelihood.rootLogLikelihoodRatio(
          k11, k12, k21, Math.max(0, moments.rows() - k11 - k12 - k21));
    }
  };

  /**
   * How near two items are.
   *
   * @param other has something to do with the target
   * @param moments have read the target
   */
  abstract double of(int target, int other, PairMoments moments);

  /** Its name in flags and reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
