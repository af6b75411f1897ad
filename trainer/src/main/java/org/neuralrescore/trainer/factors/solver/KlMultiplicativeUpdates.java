// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * {@code x_f <- x_f (sum_j a_j y_jf / p_j) / (sum y_f + l1)}, Lee and Seung 2001, equation 5; with
 * L2 the minimum of the same majoriser is the root of a quadratic. Entries stay at or above a
 * floor: the majoriser is separable and convex, so raising its minimum to the floor still descends.
 */
final class KlMultiplicativeUpdates implements HalfSweep {
  private final int rank;
  private final ScratchPool<double[]> sums;

  KlMultiplicativeUpdates(int rank) {
    this.rank = rank;
    this.sums = new ScratchPool<>(() -> new double[rank]);
  }

  @Override
  public double improve(
      MatrixSide side,
      double[] x,
      double[] y,
      double[] summary,
      Penalty penalty,
      boolean fit,
      Workers workers) {
    SparseMatrix matrix = side.matrix();
    return side.sum(
        workers,
        sums,
        (sum, row) -> {
          ratios(matrix, row, x, y, sum);
          update(x, row * rank, sum, summary, penalty);
          return fit ? fit(matrix, row, x, y) : 0;
        });
  }

  private void ratios(SparseMatrix matrix, int row, double[] x, double[] y, double[] sum) {
    Arrays.fill(sum, 0.0);
    for (int i = matrix.start(row); i < matrix.end(row); i++) {
      int offset = matrix.columns()[i] * rank;
      double p = DenseKernels.dot(x, row * rank, y, offset, rank);
      DenseKernels.axpy(sum, 0, matrix.values()[i] / p, y, offset, rank);
    }
  }

  private void update(double[] x, int offset, double[] sum, double[] columnSums, Penalty penalty) {
    for (int f = 0; f < rank; f++) {
      double numerator = x[offset + f] * sum[f];
      double slope = columnSums[f] + penalty.l1();
      // The positive root of l2 z^2 + slope z - numerator, in the form that survives l2 = 0.
      double root =
          2 * numerator / (slope + Math.sqrt(slope * slope + 4 * penalty.l2() * numerator));
      x[offset + f] = Math.max(Start.FLOOR, root);
    }
  }

  private double fit(SparseMatrix matrix, int row, double[] x, double[] y) {
    double sum = 0;
    for (int i = matrix.start(row); i < matrix.end(row); i++) {
      double p = DenseKernels.dot(x, row * rank, y, matrix.columns()[i] * rank, rank);
      sum += matrix.values()[i] * Math.log(p);
    }
    return sum;
  }
}
