// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

/**
 * Adam (Kingma and Ba 2015) on rows that all move in every step, those without a gradient by what
 * they remember. Moments lie beside the rows.
 */
final class DenseAdam {
  private static final float BETA1 = 0.9f;
  private static final float EPSILON = 1e-8f;

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
    float size = (float) (rate / (1 - Math.pow(BETA1, step)));
    float spread = (float) (1 / (1 - Math.pow(beta2, step)));
    remember(first[row], second[row], gradient, beta2, values.length);
    apply(values, first[row], second[row], size, spread, values.length);
  }

  private static void remember(float[] m, float[] v, float[] g, float beta2, int n) {
    for (int i = 0; i < n; i++) {
      m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
    }
    for (int i = 0; i < n; i++) {
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    }
  }

  private static void apply(float[] x, float[] m, float[] v, float size, float spread, int n) {
    for (int i = 0; i < n; i++) {
      x[i] -= size * m[i] / ((float) Math.sqrt(v[i] * spread) + EPSILON);
    }
  }

  /** Sets what is below 0 to 0. */
  static void project(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0f, values[i]);
    }
  }
}
