// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/**
 * What factors are divided by before a network sees them: the root mean square of what is not zero.
 * Finished weights take it back in.
 *
 * @param user of user vectors
 * @param item of item vectors
 * @param recent of recent vectors, 1 where none are read
 */
record FactorScales(float user, float item, float recent) {
  /** Nothing is divided. */
  static final FactorScales NONE = new FactorScales(1f, 1f, 1f);

  /** The root mean square of what is not zero, 1 where there is nothing else. */
  static float rootMeanSquare(float[] values) {
    double sum = 0;
    int count = 0;
    for (float value : values) {
      if (value != 0f) {
        sum += (double) value * value;
        count++;
      }
    }
    return count == 0 ? 1f : (float) Math.sqrt(sum / count);
  }

  /** Divided values, new. */
  static float[] divided(float[] values, float divisor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] / divisor;
    }
    return scaled;
  }
}
