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
  /** In dot products of root mean square 1. */
  private static final double SMALLEST_SCALE = 1e-3;

  /** Of the dot product alone. */
  public Calibration(float scale, float bias) {
    this(scale, 0f, bias);
  }

  /**
   * Fits in the given order, so that the result is exact to the bit. Dot products count in their
   * root mean square: of any size, the fit is the same. Where they rank no better than chance or
   * worse, the bias alone is fitted beside the smallest scale, so that the mean prediction is the
   * share of positives in any case.
   *
   * @param dots dot products
   * @param positive labels, of the same length
   */
  public static Calibration fit(float[] dots, boolean[] positive) {
    double unit = FactorScales.rootMeanSquare(dots);
    double[] scaled = new double[dots.length];
    for (int i = 0; i < dots.length; i++) {
      scaled[i] = dots[i] / unit;
    }
    LogisticFit fit = new LogisticFit(scaled, positive);
    fit.both();
    if (fit.a() < SMALLEST_SCALE) {
      fit.bias(SMALLEST_SCALE);
    }
    return new Calibration((float) (fit.a() / unit), (float) fit.c());
  }
}
