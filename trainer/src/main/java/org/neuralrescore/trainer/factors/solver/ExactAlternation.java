// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * Alternating non-negative least squares: every row's problem {@code 1/2 x'(G + l2 I)x - (A y -
 * l1)'x} solved exactly by {@link BlockPrincipalPivoting} (Kim and Park 2011).
 *
 * <p>A factor that is used by few rows, or more factors than rows, make G singular and the minimum
 * not unique. So each problem carries a proximal term {@code mu / 2 |x - x_old|^2} with {@code mu}
 * a 10^10th of G's largest diagonal entry: it is positive definite, and its minimum still lies no
 * higher than where the row stood.
 */
final class ExactAlternation implements HalfSweep {
  private static final double PROXIMITY = 1e-10;

  private final int rank;
  private final SparseProduct products;
  private final ScratchPool<Row> rows;

  ExactAlternation(int rank) {
    this.rank = rank;
    this.products = new SparseProduct(rank);
    this.rows = new ScratchPool<>(() -> new Row(rank));
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
    double[] q = summary.clone();
    double largest = 0;
    for (int f = 0; f < rank; f++) {
      largest = Math.max(largest, q[f * rank + f] + penalty.l2());
    }
    if (largest == 0) {
      return 0;
    }
    double proximity = PROXIMITY * largest;
    for (int f = 0; f < rank; f++) {
      q[f * rank + f] += penalty.l2() + proximity;
    }
    products.take(y, workers);
    return side.sum(
        workers,
        rows,
        (scratch, row) -> {
          products.row(matrix, row, scratch.product);
          scratch.solve(q, proximity, penalty.l1(), x, row * rank);
          return DenseKernels.dot(scratch.product, 0, x, row * rank, rank);
        });
  }

  private static final class Row {
    private final int rank;
    private final BlockPrincipalPivoting solver;
    private final double[] product;
    private final double[] b;
    private final double[] minimum;

    Row(int rank) {
      this.rank = rank;
      solver = new BlockPrincipalPivoting(rank);
      product = new double[rank];
      b = new double[rank];
      minimum = new double[rank];
    }

    /** Replaces the row by the minimum, unless rounding made that worse than what is there. */
    void solve(double[] q, double proximity, double l1, double[] x, int offset) {
      for (int f = 0; f < rank; f++) {
        b[f] = product[f] - l1 + proximity * x[offset + f];
      }
      if (solver.solve(q, b, x, offset, minimum) && value(q, minimum, 0) <= value(q, x, offset)) {
        System.arraycopy(minimum, 0, x, offset, rank);
      }
    }

    private double value(double[] q, double[] x, int offset) {
      double sum = 0;
      for (int f = 0; f < rank; f++) {
        if (x[offset + f] != 0) {
          sum += x[offset + f] * (0.5 * DenseKernels.dot(q, f * rank, x, offset, rank) - b[f]);
        }
      }
      return sum;
    }
  }
}
