package org.neuralrescore.trainer.nmf;

import org.neuralrescore.trainer.parallel.Workers;

/** The Gram matrix {@code G = X'X} of a tall matrix, summed over fixed blocks in block order. */
final class Gram {
  private static final int BLOCK_ROWS = 512;

  private Gram() {}

  /**
   * Sums.
   *
   * @param matrix X, row-major [rows x rank]
   * @return row-major [rank x rank], symmetric, new
   */
  static double[] of(double[] matrix, int rank, Workers workers) {
    int rows = matrix.length / rank;
    double[][] partial = new double[Workers.parts(rows, BLOCK_ROWS)][];
    workers.runRows(
        rows,
        BLOCK_ROWS,
        (part, from, to) -> {
          double[] sum = new double[rank * rank];
          for (int row = from; row < to; row++) {
            addOuter(sum, matrix, row * rank, rank, 1.0);
          }
          partial[part] = sum;
        });
    double[] gram = new double[rank * rank];
    for (double[] sum : partial) {
      for (int i = 0; i < gram.length; i++) {
        gram[i] += sum[i];
      }
    }
    return gram;
  }

  /** {@code sum += weight * x x'} for the row {@code x} at {@code offset}. */
  static void addOuter(double[] sum, double[] matrix, int offset, int rank, double weight) {
    for (int f = 0; f < rank; f++) {
      double scaled = weight * matrix[offset + f];
      // Two thirds of non-negative factors are zero.
      if (scaled != 0.0) {
        int row = f * rank;
        for (int g = 0; g < rank; g++) {
          sum[row + g] += scaled * matrix[offset + g];
        }
      }
    }
  }
}
