// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

/**
 * The inner loops. HotSpot's C2 turns a counted loop into vector instructions where it stores to
 * one array and all arrays are read and written at the same index, so the long loops have that
 * form; with offsets that differ it does not (measured on JDK 17: 0.33 ns an element against 0.11).
 * Sums, which C2 must keep in order, run in four lanes of their own.
 */
final class DenseKernels {
  private DenseKernels() {}

  /** {@code y[yo + i] += a x[xo + i]}. */
  static void axpy(double[] y, int yo, double a, double[] x, int xo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += a * x[xo + i];
    }
  }

  /** {@code y[i] += a x[i]}, vectorised. */
  static void axpy(double[] y, double a, double[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += a * x[i];
    }
  }

  /** Four {@link #axpy(double[], double, double[], int)} at a quarter of the stores. */
  static void axpy4(
      double[] y,
      double a0,
      double[] x0,
      double a1,
      double[] x1,
      double a2,
      double[] x2,
      double a3,
      double[] x3,
      int n) {
    for (int i = 0; i < n; i++) {
      y[i] += (a0 * x0[i] + a1 * x1[i]) + (a2 * x2[i] + a3 * x3[i]);
    }
  }

  /**
   * {@code y += sum_f a_f x_f}.
   *
   * @param a weights, [x.length] from {@code offset} on
   * @param x vectors, each at least {@code n} long
   */
  static void combine(double[] y, double[] a, int offset, double[][] x, int n) {
    int f = 0;
    for (; f + 4 <= x.length; f += 4) {
      int at = offset + f;
      axpy4(y, a[at], x[f], a[at + 1], x[f + 1], a[at + 2], x[f + 2], a[at + 3], x[f + 3], n);
    }
    for (; f < x.length; f++) {
      axpy(y, a[offset + f], x[f], n);
    }
  }

  /** {@code sum x[xo + i] y[yo + i]}. */
  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += x[xo + i] * y[yo + i];
      s1 += x[xo + i + 1] * y[yo + i + 1];
      s2 += x[xo + i + 2] * y[yo + i + 2];
      s3 += x[xo + i + 3] * y[yo + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[xo + i] * y[yo + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code sum x[xo + i]}. */
  static double sum(double[] x, int xo, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += x[xo + i];
      s1 += x[xo + i + 1];
      s2 += x[xo + i + 2];
      s3 += x[xo + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[xo + i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
