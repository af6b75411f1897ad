// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

/**
 * Vectors added to a vector. HotSpot's C2 makes vector instructions of a loop that stores to one
 * array and reads others at the same index, up to four of them: with six it gives up (measured on
 * JDK 17, .18 ns a multiply-add against .07).
 */
public final class VectorSums {
  private VectorSums() {}

  /** {@code y[i] += a x[i]} for the first n. */
  public static void add(float[] y, float a, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += a * x[i];
    }
  }

  /**
   * {@code y += sum_{g < 4} a[from + g] x[of + g]}, the four summed by pairs before they are added.
   *
   * @param n elements
   */
  public static void addFour(float[] y, float[] a, int from, float[][] x, int of, int n) {
    addFour(
        y,
        a[from],
        x[of],
        a[from + 1],
        x[of + 1],
        a[from + 2],
        x[of + 2],
        a[from + 3],
        x[of + 3],
        n);
  }

  private static void addFour(
      float[] y,
      float a0,
      float[] x0,
      float a1,
      float[] x1,
      float a2,
      float[] x2,
      float a3,
      float[] x3,
      int n) {
    for (int i = 0; i < n; i++) {
      y[i] += (a0 * x0[i] + a1 * x1[i]) + (a2 * x2[i] + a3 * x3[i]);
    }
  }
}
