package org.neuralrescore.trainer.nmf.solver;

import java.util.Arrays;
import org.neuralrescore.trainer.dataset.SparseMatrix;

/** Rows of {@code A Y} for a sparse A. */
final class SparseProduct {
  private SparseProduct() {}

  /**
   * One row, {@code out = sum_j a_j y_j}, four non-zeros at a time.
   *
   * @param y row-major [columns x rank]
   * @param out receives rank values at {@code offset}
   */
  static void row(SparseMatrix matrix, int row, double[] y, int rank, double[] out, int offset) {
    int[] columns = matrix.columns();
    float[] values = matrix.values();
    int end = matrix.end(row);
    int p = matrix.start(row);
    Arrays.fill(out, offset, offset + rank, 0.0);
    for (; p + 4 <= end; p += 4) {
      DenseKernels.axpy4(
          out,
          offset,
          values[p],
          columns[p] * rank,
          values[p + 1],
          columns[p + 1] * rank,
          values[p + 2],
          columns[p + 2] * rank,
          values[p + 3],
          columns[p + 3] * rank,
          y,
          rank);
    }
    for (; p < end; p++) {
      DenseKernels.axpy(out, offset, values[p], y, columns[p] * rank, rank);
    }
  }
}
