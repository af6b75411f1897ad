// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import org.neuralrescore.trainer.base.parallel.InOrder;
import org.neuralrescore.trainer.base.parallel.Workers;

/** The Gram matrix {@code G = X'X} of a tall matrix, summed over fixed blocks in block order. */
public final class Gram {
  private static final int BLOCK_ROWS = 512;

  private Gram() {}

  /**
   * Sums.
   *
   * @param matrix X, row-major [rows x rank]
   * @return [rank][rank], symmetric, new
   */
  public static double[][] of(double[] matrix, int rank, Workers workers) {
    int rows = matrix.length / rank;
    InOrder<double[][]> sums = new InOrder<>(Gram::add);
    workers.runRows(
        rows,
        BLOCK_ROWS,
        (part, from, to) -> {
          double[][] sum = new double[rank][rank];
          double[] x = new double[rank];
          for (int row = from; row < to; row++) {
            System.arraycopy(matrix, row * rank, x, 0, rank);
            addOuter(sum, x, 1.0);
          }
          sums.put(part, sum);
        });
    return sums.whole().orElseGet(() -> new double[rank][rank]);
  }

  private static double[][] add(double[][] sum, double[][] next) {
    for (int f = 0; f < sum.length; f++) {
      addScaled(sum[f], 1.0, next[f]);
    }
    return sum;
  }

  /** {@code scale X'X}, as {@link #of}. */
  public static double[][] scaled(double[] matrix, int rank, double scale, Workers workers) {
    double[][] gram = of(matrix, rank, workers);
    for (double[] row : gram) {
      for (int f = 0; f < rank; f++) {
        row[f] *= scale;
      }
    }
    return gram;
  }

  /** {@code sum += weight * x x'}. */
  public static void addOuter(double[][] sum, double[] x, double weight) {
    for (int f = 0; f < x.length; f++) {
      double scaled = weight * x[f];
      // Two thirds of non-negative factors are zero.
      if (scaled != 0.0) {
        addScaled(sum[f], scaled, x);
      }
    }
  }

  /** Of two rows from their offsets on, one product after the other. */
  public static double dot(double[] x, int xOffset, double[] y, int yOffset, int n) {
    double sum = 0;
    for (int f = 0; f < n; f++) {
      sum += x[xOffset + f] * y[yOffset + f];
    }
    return sum;
  }

  /** {@code y += scale * x}, in the form that the compiler turns into vector instructions. */
  public static void addScaled(double[] y, double scale, double[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += scale * x[i];
    }
  }
}
