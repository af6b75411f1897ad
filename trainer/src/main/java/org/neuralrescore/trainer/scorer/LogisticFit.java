// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/**
 * {@code P(label) = 1 / (1 + exp(-(a x + c)))}, fitted to the logistic loss by damped Newton steps
 * (Platt 1999) with a small ridge on a, in the order of the examples.
 */
final class LogisticFit {
  private static final int STEPS = 50;
  private static final double SHORTEST = 1e-6;
  private static final double RIDGE = 1e-6;

  private final double[] x;
  private final boolean[] label;
  private double a;
  private double c;

  /**
   * Where nothing is fitted yet: even odds.
   *
   * @param x not copied, like the labels
   */
  LogisticFit(double[] x, boolean[] label) {
    this.x = x;
    this.label = label;
  }

  /** What x counts. */
  double a() {
    return a;
  }

  /** The log-odds where x is 0. */
  double c() {
    return c;
  }

  /** Fits both. */
  void both() {
    descend(true);
  }

  /** Fits c beside a given a. */
  void bias(double given) {
    a = given;
    c = 0;
    descend(false);
  }

  private void descend(boolean slope) {
    double loss = loss(a, c);
    for (int step = 0; step < STEPS; step++) {
      double ga = RIDGE * a;
      double gc = 0;
      double haa = RIDGE;
      double hac = 0;
      double hcc = RIDGE;
      for (int i = 0; i < x.length; i++) {
        double p = 1 / (1 + Math.exp(-(a * x[i] + c)));
        double error = p - (label[i] ? 1 : 0);
        double curvature = p * (1 - p);
        ga += error * x[i];
        gc += error;
        haa += curvature * x[i] * x[i];
        hac += curvature * x[i];
        hcc += curvature;
      }
      double determinant = haa * hcc - hac * hac;
      double da = slope ? (hcc * ga - hac * gc) / determinant : 0;
      double dc = slope ? (haa * gc - hac * ga) / determinant : gc / hcc;
      double length = 1;
      double next = loss(a - da, c - dc);
      while (!(next <= loss) && length > SHORTEST) {
        length /= 2;
        next = loss(a - length * da, c - length * dc);
      }
      if (!(next < loss)) {
        return;
      }
      a -= length * da;
      c -= length * dc;
      loss = next;
    }
  }

  private double loss(double slope, double bias) {
    double sum = RIDGE * slope * slope / 2;
    for (int i = 0; i < x.length; i++) {
      double logit = slope * x[i] + bias;
      sum += Softplus.of(label[i] ? -logit : logit);
    }
    return sum;
  }
}
