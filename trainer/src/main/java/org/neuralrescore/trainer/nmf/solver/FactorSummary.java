package org.neuralrescore.trainer.nmf.solver;

import org.neuralrescore.trainer.parallel.Workers;

/** Sums over the rows of a factor, taken over fixed blocks of rows and added in block order. */
final class FactorSummary {
  private static final int BLOCK_ROWS = 512;

  private FactorSummary() {}

  /**
   * {@code X'X}.
   *
   * @param factor X, row-major [rows x rank]
   * @return row-major [rank x rank], symmetric, new
   */
  static double[] gram(double[] factor, int rank, Workers workers) {
    return reduce(
        factor.length / rank,
        rank * rank,
        workers,
        (sum, from, to) -> {
          int row = from;
          for (; row + 4 <= to; row += 4) {
            addOuter4(sum, factor, row * rank, rank);
          }
          for (; row < to; row++) {
            int offset = row * rank;
            for (int f = 0; f < rank; f++) {
              DenseKernels.axpy(sum, f * rank, factor[offset + f], factor, offset, rank);
            }
          }
        });
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

  private static void addOuter4(double[] sum, double[] x, int offset, int rank) {
    int o1 = offset + rank;
    int o2 = o1 + rank;
    int o3 = o2 + rank;
    for (int f = 0; f < rank; f++) {
      DenseKernels.axpy4(
          sum,
          f * rank,
          x[offset + f],
          offset,
          x[o1 + f],
          o1,
          x[o2 + f],
          o2,
          x[o3 + f],
          o3,
          x,
          rank);
    }
  }

  @FunctionalInterface
  private interface BlockSum {
    void add(double[] sum, int from, int to);
  }

  private static double[] reduce(int rows, int size, Workers workers, BlockSum block) {
    double[][] partial = new double[Workers.parts(rows, BLOCK_ROWS)][];
    workers.runRows(
        rows,
        BLOCK_ROWS,
        (part, from, to) -> {
          double[] sum = new double[size];
          block.add(sum, from, to);
          partial[part] = sum;
        });
    double[] total = new double[size];
    for (double[] sum : partial) {
      DenseKernels.axpy(total, 0, 1.0, sum, 0, size);
    }
    return total;
  }
}
