// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

import org.neuralrescore.trainer.base.math.VectorSums;

/**
 * The inner loops in float. HotSpot's C2 turns a counted loop into vector instructions where it
 * stores to one array and reads all at the same index, so they have that form.
 */
final class FloatKernels {
  /** Vectors that {@link #combine} adds in one walk. */
  static final int GROUP = 8;

  private FloatKernels() {}

  /**
   * {@code y += sum_{g < size} a[g] x[from + g]}.
   *
   * @param size at most {@link #GROUP}
   * @param n elements
   */
  static void combine(float[] y, float[] a, float[][] x, int from, int size, int n) {
    if (size == GROUP) {
      VectorSums.addFour(y, a, 0, x, from, n);
      VectorSums.addFour(y, a, 4, x, from + 4, n);
      return;
    }
    for (int g = 0; g < size; g++) {
      VectorSums.add(y, a[g], x[from + g], n);
    }
  }

  /** {@code y[i] *= a}. */
  static void scale(float[] y, float a, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= a;
    }
  }

  /** The largest of the first {@code n} of at least 1. */
  static float max(float[] x, int n) {
    float m0 = x[0];
    float m1 = m0;
    float m2 = m0;
    float m3 = m0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      m0 = Math.max(m0, x[i]);
      m1 = Math.max(m1, x[i + 1]);
      m2 = Math.max(m2, x[i + 2]);
      m3 = Math.max(m3, x[i + 3]);
    }
    for (; i < n; i++) {
      m0 = Math.max(m0, x[i]);
    }
    return Math.max(Math.max(m0, m1), Math.max(m2, m3));
  }

  /**
   * {@code x[i] = exp(x[i] - max)}.
   *
   * @return their sum
   */
  static double exponentials(float[] x, float max, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      x[i] = (float) Math.exp(x[i] - max);
      sum += x[i];
    }
    return sum;
  }
}
