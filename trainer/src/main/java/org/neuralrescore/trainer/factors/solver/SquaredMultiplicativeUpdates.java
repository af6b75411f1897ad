// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * {@code x_f <- x_f (A y)_f / ((x G)_f + l1 + l2 x_f)}, {@code G = Y'Y}, Lee and Seung 2001,
 * equation 4. Entries stay at or above a floor, which still descends: the majoriser is separable
 * and convex.
 */
final class SquaredMultiplicativeUpdates implements HalfSweep {
  private final int rank;
  private final SparseProduct products;
  private final ScratchPool<double[]> scratches;

  SquaredMultiplicativeUpdates(int rank) {
    this.rank = rank;
    this.products = new SparseProduct(rank);
    this.scratches = new ScratchPool<>(() -> new double[2 * rank]);
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
    products.take(y, workers);
    return side.sum(
        workers,
        scratches,
        (scratch, row) -> {
          products.row(matrix, row, scratch);
          update(x, row * rank, scratch, summary, penalty);
          return DenseKernels.dot(scratch, 0, x, row * rank, rank);
        });
  }

  /** The product stands in the first half of {@code scratch}; the second holds {@code x G}. */
  private void update(double[] x, int offset, double[] scratch, double[] gram, Penalty penalty) {
    Arrays.fill(scratch, rank, 2 * rank, 0.0);
    for (int f = 0; f < rank; f++) {
      DenseKernels.axpy(scratch, rank, x[offset + f], gram, f * rank, rank);
    }
    for (int f = 0; f < rank; f++) {
      double before = x[offset + f];
      double denominator = scratch[rank + f] + penalty.l1() + penalty.l2() * before;
      double after = denominator > 0 ? before * scratch[f] / denominator : before;
      x[offset + f] = Math.max(Start.FLOOR, after);
    }
  }
}
