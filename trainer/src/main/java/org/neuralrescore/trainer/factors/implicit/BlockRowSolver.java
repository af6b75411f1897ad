// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.Gram;
import org.neuralrescore.trainer.factors.NonNegativeLeastSquares;

/**
 * iALS++ (Rendle, Krichene, Zhang and Koren 2021, "iALS++: Speeding up Matrix Factorization with
 * Subspace Optimization", algorithm 2) under a non-negativity constraint: a row's factors are
 * improved a block of them at a time, the others fixed, with the row's predictions carried along. A
 * row of n non-zeros costs O(n k d + k^2) for blocks of d factors where the whole system costs O(n
 * k^2), and the loss never rises. One instance a thread.
 */
final class BlockRowSolver {
  private final int rank;
  private final int block;
  private final int sweeps;
  private final double tolerance;
  private double[] predictions = new double[0];

  /**
   * @param rank k
   * @param block d, factors solved for at once
   * @param sweeps passes over a block's coordinates at most
   * @param tolerance of {@link NonNegativeLeastSquares}
   */
  BlockRowSolver(int rank, int block, int sweeps, double tolerance) {
    this.rank = rank;
    this.block = Math.min(block, rank);
    this.sweeps = sweeps;
    this.tolerance = tolerance;
  }

  /**
   * Improves one row from where it stands.
   *
   * @param weights A
   * @param row the row
   * @param y the fixed side, row-major [columns x rank]
   * @param base {@code alpha0 Y'Y}, [rank][rank]
   * @param ridge the row's regularisation
   * @param x holds the row and receives the result
   * @param offset where the row begins in {@code x}
   */
  void improve(
      SparseMatrix weights,
      int row,
      double[] y,
      double[][] base,
      double ridge,
      double[] x,
      int offset) {
    predict(weights, row, y, x, offset);
    for (int from = 0; from < rank; from += block) {
      int size = Math.min(block, rank - from);
      improveBlock(weights, row, y, base, ridge, x, offset, from, size);
    }
  }

  private void improveBlock(
      SparseMatrix weights,
      int row,
      double[] y,
      double[][] base,
      double ridge,
      double[] x,
      int offset,
      int from,
      int size) {
    int start = weights.start(row);
    int n = weights.end(row) - start;
    double[][] q = new double[size][];
    double[] b = new double[size];
    double[] h = new double[size];
    for (int f = 0; f < size; f++) {
      q[f] = Arrays.copyOfRange(base[from + f], from, from + size);
      q[f][f] += ridge;
    }
    for (int j = 0; j < n; j++) {
      double weight = weights.values()[start + j];
      System.arraycopy(y, weights.columns()[start + j] * rank + from, h, 0, size);
      Gram.addOuter(q, h, weight);
      Gram.addScaled(b, weight * (1 - predictions[j]), h);
    }
    double[] before = Arrays.copyOfRange(x, offset + from, offset + from + size);
    subtractBase(b, base, x, offset, from, h);
    for (int f = 0; f < size; f++) {
      b[f] -= ridge * before[f];
    }
    // b is minus the gradient; the block's own right-hand side is Q x - gradient.
    for (int f = 0; f < size; f++) {
      if (before[f] != 0.0) {
        Gram.addScaled(b, before[f], q[f]);
      }
    }
    new NonNegativeLeastSquares(size).solve(q, b, x, offset + from, sweeps, tolerance);
    for (int f = 0; f < size; f++) {
      before[f] = x[offset + from + f] - before[f];
    }
    for (int j = 0; j < n; j++) {
      int at = weights.columns()[start + j] * rank + from;
      predictions[j] += Gram.dot(before, 0, y, at, size);
    }
  }

  private void predict(SparseMatrix weights, int row, double[] y, double[] x, int offset) {
    int start = weights.start(row);
    int n = weights.end(row) - start;
    if (n > predictions.length) {
      predictions = new double[n + n / 2];
    }
    for (int j = 0; j < n; j++) {
      predictions[j] = Gram.dot(x, offset, y, weights.columns()[start + j] * rank, rank);
    }
  }

  /** {@code b -= (base x)} over the block's factors. */
  private void subtractBase(
      double[] b, double[][] base, double[] x, int offset, int from, double[] scratch) {
    for (int f = 0; f < rank; f++) {
      if (x[offset + f] != 0.0) {
        System.arraycopy(base[f], from, scratch, 0, b.length);
        Gram.addScaled(b, -x[offset + f], scratch);
      }
    }
  }
}
