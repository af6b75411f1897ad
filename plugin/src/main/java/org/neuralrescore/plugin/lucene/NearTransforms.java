// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/**
 * The transforms of many outputs at once, nearly: from sums, products and quotients alone, in short
 * loops that the compiler makes of a processor's vectors, where {@link Math#exp} and {@link
 * Math#log} of each output take longer than all else that is done with a score. {@link
 * TransformTails} is what they are near to.
 */
final class NearTransforms {
  /**
   * The largest output, and its opposite the smallest, that is near; beyond, anything comes out.
   */
  static final double REACH = 64;

  /**
   * How far off a value is at most, as a share of it. Ten squarings multiply the rounding of the
   * first power, about 2^-53, by 2^10 and add as much of their own: 2^-41.9. What is left out of
   * the two series is less than a twentieth of that.
   */
  static final double OFF = 0x1p-40;

  private NearTransforms() {}

  /**
   * Writes {@code log(1 + e^x)}.
   *
   * @param models gets the first {@code n}
   */
  static void softplus(double[] outputs, double[] models, int n) {
    decay(outputs, models, n);
    log1p(models, n);
    for (int i = 0; i < n; i++) {
      // Half of x and its size: the larger one of x and 0.
      models[i] += 0.5 * (outputs[i] + Math.abs(outputs[i]));
    }
  }

  /**
   * Writes {@code 1 / (1 + e^-x)}.
   *
   * @param models gets the first {@code n}
   */
  static void sigmoid(double[] outputs, double[] models, int n) {
    decay(outputs, models, n);
    for (int i = 0; i < n; i++) {
      double decay = models[i];
      models[i] = (outputs[i] >= 0 ? 1 : decay) / (1 + decay);
    }
  }

  /** Writes {@code e^-|x|}: of a 1,024th of x by the series, of x by ten squarings. */
  private static void decay(double[] outputs, double[] decays, int n) {
    for (int i = 0; i < n; i++) {
      double y = Math.abs(outputs[i]) * -0x1p-10;
      double fifth = y * (1 / 120.0 + y * (1 / 720.0 + y * (1 / 5_040.0 + y * (1 / 40_320.0))));
      decays[i] = 1 + y * (1 + y * (1 / 2.0 + y * (1 / 6.0 + y * (1 / 24.0 + fifth))));
    }
    for (int i = 0; i < n; i++) {
      double power = decays[i];
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      decays[i] = power * power;
    }
  }

  /** Makes d, from 0 to 1, {@code log(1 + d) = 2 artanh(d / (2 + d))} by the series in a square. */
  private static void log1p(double[] decays, int n) {
    for (int i = 0; i < n; i++) {
      double z = decays[i] / (2 + decays[i]);
      double w = z * z;
      double last = w * (1 / 21.0 + w * (1 / 23.0 + w * (1 / 25.0)));
      double middle = w * (1 / 13.0 + w * (1 / 15.0 + w * (1 / 17.0 + w * (1 / 19.0 + last))));
      double first = 1 / 5.0 + w * (1 / 7.0 + w * (1 / 9.0 + w * (1 / 11.0 + middle)));
      decays[i] = 2 * z * (1 + w * (1 / 3.0 + w * first));
    }
  }
}
