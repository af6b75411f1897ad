// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import org.neuralrescore.bundle.ScoreTransform;

/**
 * A score transform that goes on rising where the function itself has no numbers left. Between its
 * ends it is {@link ScoreTransform#apply}, in double. Beyond them:
 *
 * <ul>
 *   <li>{@code softplus} and {@code sigmoid} below an output of -64, where they are {@code e^x},
 *       fall as {@code e^-64 * 64 / -x};
 *   <li>{@code sigmoid} above 12, where floats below 1 run out, rises as {@code sigmoid(12) +
 *       log2(x / 12) / 128}, beyond 1 and never to 2: the score of an output of 20 is 1.0058.
 * </ul>
 */
final class TransformTails {
  private static final double LOW = -64;

  /** Where sigmoid begins to rise by itself. */
  static final double HIGH = 12;

  private static final double AT_LOW = Math.exp(LOW);
  private static final double AT_HIGH = 1 / (1 + Math.exp(-HIGH));

  /** An octave of outputs rises by 1/128. */
  private static final double SLOPE = 1 / (128 * Math.log(2));

  private TransformTails() {}

  /**
   * The transform of an output.
   *
   * @param output finite
   */
  static double apply(ScoreTransform transform, float output) {
    return switch (transform) {
      case SOFTPLUS -> output < LOW ? low(output) : softplus(output);
      case SIGMOID -> output < LOW ? low(output) : output > HIGH ? high(output) : sigmoid(output);
      case IDENTITY -> output;
    };
  }

  private static double low(float output) {
    return AT_LOW * (LOW / output);
  }

  private static double high(float output) {
    return AT_HIGH + SLOPE * Math.log(output / HIGH);
  }

  private static double softplus(float output) {
    double decay = Math.exp(-Math.abs((double) output));
    return Math.max(output, 0) + log1p(decay);
  }

  /**
   * {@code log(1 + x)} of what {@code exp} gives: as near as {@link Math#log1p}, from functions
   * that processors have. What rounding takes from {@code 1 + x} the quotient gives back (Kahan,
   * quoted as theorem 4 by Goldberg 1991).
   */
  private static double log1p(double x) {
    double sum = 1 + x;
    return sum == 1 ? x : Math.log(sum) * (x / (sum - 1));
  }

  private static double sigmoid(float output) {
    double decay = Math.exp(-Math.abs((double) output));
    return output >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
  }
}
