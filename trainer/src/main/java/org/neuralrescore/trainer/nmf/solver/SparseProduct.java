package org.neuralrescore.trainer.nmf.solver;

import org.neuralrescore.trainer.dataset.SparseMatrix;

/** Rows of {@code A Y} for a sparse A. */
final class SparseProduct {
  private SparseProduct() {}

  /**
   * One row, {@code out = sum_j a_j y_j}. Eight factors, a cache line of Y, are summed at a time in
   * variables that stay in registers: rows of Y are too short for a vectorised loop to pay.
   *
   * @param y row-major [columns x rank]
   * @param out receives rank values at {@code offset}
   */
  static void row(SparseMatrix matrix, int row, double[] y, int rank, double[] out, int offset) {
    int from = matrix.start(row);
    int to = matrix.end(row);
    int[] columns = matrix.columns();
    float[] values = matrix.values();
    int f = 0;
    for (; f + 8 <= rank; f += 8) {
      eight(columns, values, from, to, y, rank, f, out, offset + f);
    }
    for (; f < rank; f++) {
      double sum = 0;
      for (int p = from; p < to; p++) {
        sum += values[p] * y[columns[p] * rank + f];
      }
      out[offset + f] = sum;
    }
  }

  private static void eight(
      int[] columns,
      float[] values,
      int from,
      int to,
      double[] y,
      int rank,
      int f,
      double[] out,
      int at) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int p = from; p < to; p++) {
      double a = values[p];
      int o = columns[p] * rank + f;
      s0 += a * y[o];
      s1 += a * y[o + 1];
      s2 += a * y[o + 2];
      s3 += a * y[o + 3];
      s4 += a * y[o + 4];
      s5 += a * y[o + 5];
      s6 += a * y[o + 6];
      s7 += a * y[o + 7];
    }
    out[at] = s0;
    out[at + 1] = s1;
    out[at + 2] = s2;
    out[at + 3] = s3;
    out[at + 4] = s4;
    out[at + 5] = s5;
    out[at + 6] = s6;
    out[at + 7] = s7;
  }
}
