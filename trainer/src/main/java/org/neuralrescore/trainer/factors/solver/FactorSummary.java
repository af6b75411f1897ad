// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import org.neuralrescore.trainer.base.parallel.InOrder;
import org.neuralrescore.trainer.base.parallel.Workers;

/** Sums over the rows of a factor, taken over fixed blocks of rows and added in block order. */
final class FactorSummary {
  private static final int BLOCK_ROWS = 128;
  private static final int TILE = 4;

  private FactorSummary() {}

  /**
   * {@code X'X}.
   *
   * @param factor X, row-major [rows x rank]
   * @return row-major [rank x rank], symmetric, new
   */
  static double[] gram(double[] factor, int rank, Workers workers) {
    double[] gram =
        reduce(
            factor.length / rank,
            rank * rank,
            workers,
            (sum, from, to) -> {
              for (int f = 0; f < rank; f += TILE) {
                for (int g = f; g < rank; g += TILE) {
                  if (g + TILE <= rank) {
                    tile(sum, factor, from, to, rank, f, g);
                  } else {
                    edge(sum, factor, from, to, rank, f, g);
                  }
                }
              }
            });
    for (int f = 0; f < rank; f++) {
      for (int g = 0; g < f; g++) {
        gram[f * rank + g] = gram[g * rank + f];
      }
    }
    return gram;
  }

  private static void edge(double[] sum, double[] x, int from, int to, int rank, int f0, int g0) {
    for (int f = f0; f < Math.min(rank, f0 + TILE); f++) {
      for (int g = g0; g < Math.min(rank, g0 + TILE); g++) {
        double total = 0;
        for (int o = from * rank; o < to * rank; o += rank) {
          total += x[o + f] * x[o + g];
        }
        sum[f * rank + g] = total;
      }
    }
  }

  /** A tile of 4 x 4 sums that stay in registers while the rows pass. */
  private static void tile(double[] sum, double[] x, int from, int to, int rank, int f, int g) {
    double s00 = 0;
    double s01 = 0;
    double s02 = 0;
    double s03 = 0;
    double s10 = 0;
    double s11 = 0;
    double s12 = 0;
    double s13 = 0;
    double s20 = 0;
    double s21 = 0;
    double s22 = 0;
    double s23 = 0;
    double s30 = 0;
    double s31 = 0;
    double s32 = 0;
    double s33 = 0;
    for (int row = from; row < to; row++) {
      int o = row * rank + f;
      int p = row * rank + g;
      double g0 = x[p];
      double g1 = x[p + 1];
      double g2 = x[p + 2];
      double g3 = x[p + 3];
      double f0 = x[o];
      s00 += f0 * g0;
      s01 += f0 * g1;
      s02 += f0 * g2;
      s03 += f0 * g3;
      double f1 = x[o + 1];
      s10 += f1 * g0;
      s11 += f1 * g1;
      s12 += f1 * g2;
      s13 += f1 * g3;
      double f2 = x[o + 2];
      s20 += f2 * g0;
      s21 += f2 * g1;
      s22 += f2 * g2;
      s23 += f2 * g3;
      double f3 = x[o + 3];
      s30 += f3 * g0;
      s31 += f3 * g1;
      s32 += f3 * g2;
      s33 += f3 * g3;
    }
    int at = f * rank + g;
    put(sum, at, s00, s01, s02, s03);
    put(sum, at + rank, s10, s11, s12, s13);
    put(sum, at + 2 * rank, s20, s21, s22, s23);
    put(sum, at + 3 * rank, s30, s31, s32, s33);
  }

  private static void put(double[] sum, int at, double s0, double s1, double s2, double s3) {
    sum[at] = s0;
    sum[at + 1] = s1;
    sum[at + 2] = s2;
    sum[at + 3] = s3;
  }

  /**
   * The sum of every column.
   *
   * @param factor row-major [rows x rank]
   * @return [rank], new
   */
  static double[] columnSums(double[] factor, int rank, Workers workers) {
    return reduce(
        factor.length / rank,
        rank,
        workers,
        (sum, from, to) -> {
          for (int row = from; row < to; row++) {
            DenseKernels.axpy(sum, 0, 1.0, factor, row * rank, rank);
          }
        });
  }

  @FunctionalInterface
  private interface BlockSum {
    void add(double[] sum, int from, int to);
  }

  private static double[] reduce(int rows, int size, Workers workers, BlockSum block) {
    InOrder<double[]> sums =
        new InOrder<>(
            (sum, next) -> {
              DenseKernels.axpy(sum, 0, 1.0, next, 0, size);
              return sum;
            });
    workers.runRows(
        rows,
        BLOCK_ROWS,
        (part, from, to) -> {
          double[] sum = new double[size];
          block.add(sum, from, to);
          sums.put(part, sum);
        });
    return sums.whole().orElseGet(() -> new double[size]);
  }
}
