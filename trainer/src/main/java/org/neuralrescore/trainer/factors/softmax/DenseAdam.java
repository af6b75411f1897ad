// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

import org.neuralrescore.trainer.base.math.Adam;

/**
 * {@link Adam} on rows that all move in every step, those without a gradient by what they remember.
 * Moments lie beside the rows.
 */
final class DenseAdam {
  private final float beta2;
  private final float[][] first;
  private final float[][] second;

  /**
   * @param beta2 how long squares of gradients are remembered
   */
  DenseAdam(int rows, int width, float beta2) {
    this.beta2 = beta2;
    first = new float[rows][width];
    second = new float[rows][width];
  }

  /**
   * Moves one row.
   *
   * @param step counted from 1
   * @param values changed in place
   */
  void move(int row, int step, float rate, float[] values, float[] gradient) {
    float size = (float) (rate / (1 - Math.pow((float) Adam.BETA1, step)));
    float spread = (float) (1 / (1 - Math.pow(beta2, step)));
    Adam.FloatStep moved = new Adam.FloatStep(1f, beta2, size, spread, (float) Adam.EPSILON);
    Adam.move(values, gradient, first[row], second[row], moved, 1f);
  }

  /** Sets what is below 0 to 0. */
  static void project(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0f, values[i]);
    }
  }
}
