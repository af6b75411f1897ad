// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.privacy;

import org.apache.commons.math3.special.Erf;

/**
 * What Gaussian mechanisms cost. A mechanism that adds noise of deviation {@code z} to a statistic
 * of L2 sensitivity 1 costs {@code rho = 1 / (2 z^2)} of zero-concentrated differential privacy
 * (Bun and Steinke 2016), and costs add up, also where one mechanism depends on what another told.
 * All being Gaussian, the whole is no worse than one mechanism of the summed {@code rho}, whose
 * exact {@code delta(epsilon)} is known (Balle and Wang 2018, "Improving the Gaussian Mechanism for
 * Differential Privacy", theorem 8; composition: Dong, Roth and Su 2019, "Gaussian Differential
 * Privacy", corollary 3.3). That is never more than the general conversion from {@code rho}.
 *
 * @param rho spent in all, above 0
 */
public record GaussianBudget(double rho) {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final int HALVINGS = 200;

  public GaussianBudget {
    if (!(rho > 0) || Double.isInfinite(rho)) {
      throw new IllegalArgumentException("a privacy budget expects rho above 0, got " + rho);
    }
  }

  /**
   * The largest budget that keeps a promise.
   *
   * @param epsilon above 0
   * @param delta above 0 and below 1
   */
  public static GaussianBudget of(double epsilon, double delta) {
    if (!(epsilon > 0) || Double.isInfinite(epsilon) || !(delta > 0) || !(delta < 1)) {
      throw new IllegalArgumentException(
          "differential privacy expects epsilon above 0 and 0 < delta < 1, got "
              + epsilon
              + ", "
              + delta);
    }
    double low = 0;
    double high = 1;
    while (new GaussianBudget(high).delta(epsilon) < delta) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (middle == 0 || new GaussianBudget(middle).delta(epsilon) <= delta) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new GaussianBudget(low);
  }

  /** What a mechanism of this noise costs. */
  public static GaussianBudget spentBy(double noiseMultiplier) {
    return new GaussianBudget(0.5 / (noiseMultiplier * noiseMultiplier));
  }

  /** Both together. */
  public GaussianBudget plus(GaussianBudget other) {
    return new GaussianBudget(rho + other.rho);
  }

  /** As often as that. */
  public GaussianBudget times(double factor) {
    return new GaussianBudget(rho * factor);
  }

  /** The noise's deviation, in units of the sensitivity, of one mechanism that spends it all. */
  public double noiseMultiplier() {
    return 1 / Math.sqrt(2 * rho);
  }

  /** The exact {@code delta} that holds with an {@code epsilon}. */
  public double delta(double epsilon) {
    double mu = Math.sqrt(2 * rho);
    double delta =
        normal(mu / 2 - epsilon / mu) - Math.exp(epsilon + logNormal(-mu / 2 - epsilon / mu));
    return Math.max(0, delta);
  }

  /** The exact {@code epsilon} that holds with a {@code delta}. */
  public double epsilon(double delta) {
    double low = 0;
    double high = 1;
    while (delta(high) > delta) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (delta(middle) > delta) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double normal(double x) {
    return 0.5 * Erf.erfc(-x / SQRT_2);
  }

  /** Log of the normal distribution function; by its asymptotic series where that underflows. */
  private static double logNormal(double x) {
    if (x > -30) {
      return Math.log(normal(x));
    }
    return -0.5 * x * x
        - Math.log(-x)
        - 0.5 * Math.log(2 * Math.PI)
        + Math.log1p(-1 / (x * x) + 3 / (x * x * x * x));
  }
}
