// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/**
 * {@code logit = scale * dot + bias}, fitted to labels by the logistic loss: dot products of
 * factors become log-odds without a change of order. Or {@code scale * dot + wide * t + bias} of a
 * blend of two parts.
 *
 * @param scale a, not below 0: a calibration never turns a ranking round
 * @param wide b, not below 0
 * @param bias c
 */
public record Calibration(float scale, float wide, float bias) {
  private static final int NEWTON_STEPS = 50;
  private static final double RIDGE = 1e-6;
  private static final double SMALLEST_SCALE = 1e-3;

  /** Of the dot product alone. */
  public Calibration(float scale, float bias) {
    this(scale, 0f, bias);
  }

  /**
   * Fits by damped Newton steps (Platt 1999), in the given order, so that the result is exact to
   * the bit.
   *
   * @param dots dot products
   * @param positive labels, of the same length
   */
  public static Calibration fit(float[] dots, boolean[] positive) {
    double a = 1;
    double c = 0;
    double loss = loss(dots, positive, a, c);
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double ga = RIDGE * a;
      double gc = 0;
      double haa = RIDGE;
      double hac = 0;
      double hcc = RIDGE;
      for (int i = 0; i < dots.length; i++) {
        double p = 1 / (1 + Math.exp(-(a * dots[i] + c)));
        double error = p - (positive[i] ? 1 : 0);
        double curvature = p * (1 - p);
        ga += error * dots[i];
        gc += error;
        haa += curvature * dots[i] * dots[i];
        hac += curvature * dots[i];
        hcc += curvature;
      }
      double determinant = haa * hcc - hac * hac;
      double da = (hcc * ga - hac * gc) / determinant;
      double dc = (haa * gc - hac * ga) / determinant;
      double length = 1;
      double next = loss(dots, positive, a - da, c - dc);
      while (!(next <= loss) && length > 1e-6) {
        length /= 2;
        next = loss(dots, positive, a - length * da, c - length * dc);
      }
      if (!(next < loss)) {
        break;
      }
      a -= length * da;
      c -= length * dc;
      loss = next;
    }
    return new Calibration((float) Math.max(SMALLEST_SCALE, a), (float) c);
  }

  private static double loss(float[] dots, boolean[] positive, double a, double c) {
    double sum = RIDGE * a * a / 2;
    for (int i = 0; i < dots.length; i++) {
      double logit = a * dots[i] + c;
      sum += Softplus.of(positive[i] ? -logit : logit);
    }
    return sum;
  }
}
