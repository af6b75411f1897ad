// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;

/**
 * Inverts a symmetric positive definite matrix in place by Gauss-Jordan elimination, a block of
 * pivots at a time, so that the matrix passes through memory once a block. Such a matrix needs no
 * exchange of rows. Rows are updated independently: the result is the same on any number of
 * threads.
 */
public final class BlockInverse {
  private static final int BLOCK = 32;
  private static final int ROWS_PER_PART = 64;

  private BlockInverse() {}

  /**
   * Inverts.
   *
   * @param a [n][n], symmetric positive definite; holds the inverse afterwards
   */
  public static void invert(double[][] a, Workers workers) {
    int n = a.length;
    for (int first = 0; first < n; first += BLOCK) {
      int from = first;
      int width = Math.min(BLOCK, n - first);
      double[][] pivot = new double[width][];
      for (int k = 0; k < width; k++) {
        pivot[k] = Arrays.copyOfRange(a[from + k], from, from + width);
      }
      invertSmall(pivot);
      double[][] rows = new double[width][n];
      for (int k = 0; k < width; k++) {
        // The pivot columns become the inverse of the pivot block.
        Arrays.fill(a[from + k], from, from + width, 0);
        a[from + k][from + k] = 1;
      }
      for (int k = 0; k < width; k++) {
        addRows(rows[k], pivot[k], a, from, 1);
      }
      workers.runRows(
          n,
          ROWS_PER_PART,
          (part, low, high) -> {
            double[] factors = new double[width];
            for (int row = low; row < high; row++) {
              if (row < from || row >= from + width) {
                System.arraycopy(a[row], from, factors, 0, width);
                Arrays.fill(a[row], from, from + width, 0);
                addRows(a[row], factors, rows, 0, -1);
              }
            }
          });
      System.arraycopy(rows, 0, a, from, width);
    }
  }

  private static void invertSmall(double[][] a) {
    int n = a.length;
    for (int p = 0; p < n; p++) {
      double divisor = a[p][p];
      if (!(divisor > 0)) {
        throw new IllegalArgumentException(
            "matrix is not positive definite: pivot " + p + " is " + divisor);
      }
      a[p][p] = 1;
      for (int j = 0; j < n; j++) {
        a[p][j] /= divisor;
      }
      for (int r = 0; r < n; r++) {
        if (r != p) {
          double factor = a[r][p];
          a[r][p] = 0;
          add(a[r], -factor, a[p]);
        }
      }
    }
  }

  /** {@code y += sign * sum_k factors_k rows_(first + k)}, four rows at a time. */
  private static void addRows(
      double[] y, double[] factors, double[][] rows, int first, double sign) {
    int k = 0;
    for (; k + 4 <= factors.length; k += 4) {
      addFour(
          y,
          sign * factors[k],
          rows[first + k],
          sign * factors[k + 1],
          rows[first + k + 1],
          sign * factors[k + 2],
          rows[first + k + 2],
          sign * factors[k + 3],
          rows[first + k + 3]);
    }
    for (; k < factors.length; k++) {
      add(y, sign * factors[k], rows[first + k]);
    }
  }

  /** {@code y += f0 x0 + f1 x1 + f2 x2 + f3 x3}. */
  public static void addFour(
      double[] y,
      double f0,
      double[] x0,
      double f1,
      double[] x1,
      double f2,
      double[] x2,
      double f3,
      double[] x3) {
    for (int i = 0; i < y.length; i++) {
      y[i] += f0 * x0[i] + f1 * x1[i] + f2 * x2[i] + f3 * x3[i];
    }
  }

  /** {@code y += factor x}. */
  public static void add(double[] y, double factor, double[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }
}
