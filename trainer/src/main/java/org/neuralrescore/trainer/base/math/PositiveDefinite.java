// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

/**
 * Systems {@code A x = b} of a symmetric positive definite matrix, by Gaussian elimination of its
 * upper triangle; such a matrix needs no exchange of rows. Rows are eliminated as sums of rows,
 * which the compiler vectorises, four at a time.
 */
public final class PositiveDefinite {
  private static final int GROUP = 4;

  private PositiveDefinite() {}

  /**
   * Solves in place.
   *
   * @param upper the upper triangle, [n][n] and beyond; overwritten
   * @param right the right side, [n] and beyond; holds the solution afterwards
   * @throws IllegalArgumentException where a pivot is not positive
   */
  public static void solve(double[][] upper, double[] right, int n) {
    int k = 0;
    for (; k + GROUP <= n; k += GROUP) {
      for (int pivot = k; pivot < k + GROUP; pivot++) {
        eliminate(upper, right, pivot, k + GROUP, n);
      }
      eliminateGroup(upper, right, k, n);
    }
    for (; k < n; k++) {
      eliminate(upper, right, k, n, n);
    }
    for (int row = n - 1; row >= 0; row--) {
      double sum = right[row];
      for (int j = row + 1; j < n; j++) {
        sum -= upper[row][j] * right[j];
      }
      right[row] = sum / upper[row][row];
    }
  }

  /** Takes a pivot out of the rows between it and {@code until}. */
  private static void eliminate(double[][] upper, double[] right, int k, int until, int n) {
    double[] pivot = upper[k];
    if (!(pivot[k] > 0)) {
      throw new IllegalArgumentException(
          "matrix is not positive definite: pivot " + k + " is " + pivot[k]);
    }
    for (int row = k + 1; row < until; row++) {
      double factor = pivot[row] / pivot[k];
      subtract(upper[row], factor, pivot, row, n);
      right[row] -= factor * right[k];
    }
  }

  /** Takes some pivots at once out of all rows behind them, which pass through memory once. */
  private static void eliminateGroup(double[][] upper, double[] right, int k, int n) {
    double[] x0 = upper[k];
    double[] x1 = upper[k + 1];
    double[] x2 = upper[k + 2];
    double[] x3 = upper[k + 3];
    for (int row = k + GROUP; row < n; row++) {
      double f0 = x0[row] / x0[k];
      double f1 = x1[row] / x1[k + 1];
      double f2 = x2[row] / x2[k + 2];
      double f3 = x3[row] / x3[k + 3];
      double[] y = upper[row];
      for (int j = row; j < n; j++) {
        y[j] -= (f0 * x0[j] + f1 * x1[j]) + (f2 * x2[j] + f3 * x3[j]);
      }
      right[row] -= (f0 * right[k] + f1 * right[k + 1]) + (f2 * right[k + 2] + f3 * right[k + 3]);
    }
  }

  private static void subtract(double[] y, double factor, double[] x, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] -= factor * x[j];
    }
  }
}
