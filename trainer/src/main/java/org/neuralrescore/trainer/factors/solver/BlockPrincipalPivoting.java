// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;

/**
 * The exact minimum of {@code 1/2 x'Qx - b'x} over {@code x >= 0}, Q positive definite, by block
 * principal pivoting (Kim and Park 2011, algorithm 2; Portugal, Judice and Vicente 1994). A passive
 * set F is guessed, {@code Q_FF x_F = b_F} is solved, and all coordinates that break {@code x >= 0}
 * or {@code Qx - b >= 0} change sides at once; where that stops making progress for three rounds,
 * only the last of them does, which ends in finitely many rounds. One instance a thread.
 */
final class BlockPrincipalPivoting {
  private static final int FULL_EXCHANGES = 3;
  // Rounding, not the problem, decides the sign of what is smaller than this share of its scale.
  private static final double TOLERANCE = 1e-12;

  private final int rank;
  private final boolean[] passive;
  private final boolean[] infeasible;
  private final int[] members;
  private final double[] factor;
  private final double[] x;
  private final double[] dual;

  BlockPrincipalPivoting(int rank) {
    this.rank = rank;
    passive = new boolean[rank];
    infeasible = new boolean[rank];
    members = new int[rank];
    factor = new double[rank * rank];
    x = new double[rank];
    dual = new double[rank];
  }

  /**
   * Solves.
   *
   * @param q Q, row-major [rank x rank]
   * @param b b, [rank]
   * @param start positive entries are the first guess of the passive set; [rank] at {@code offset}
   * @param out receives the minimum
   * @return whether it is one: false where rounding kept the rounds from ending or Q from being
   *     factored, {@code out} then undefined
   */
  boolean solve(double[] q, double[] b, double[] start, int offset, double[] out) {
    for (int f = 0; f < rank; f++) {
      passive[f] = start[offset + f] > 0;
    }
    int fewest = rank + 1;
    int exchangesLeft = FULL_EXCHANGES;
    // Far beyond the handful of rounds of a well-posed problem; the backup rule's own bound is 2^k.
    int rounds = 10 * rank + 50;
    for (int round = 0; round < rounds; round++) {
      if (!solvePassive(q, b)) {
        return false;
      }
      int count = findInfeasible(q, b);
      if (count == 0) {
        for (int f = 0; f < rank; f++) {
          out[f] = passive[f] ? Math.max(0.0, x[f]) : 0.0;
        }
        return true;
      }
      if (count < fewest) {
        fewest = count;
        exchangesLeft = FULL_EXCHANGES;
        exchangeAll();
      } else if (exchangesLeft > 0) {
        exchangesLeft--;
        exchangeAll();
      } else {
        exchangeLast();
      }
    }
    return false;
  }

  private void exchangeAll() {
    for (int f = 0; f < rank; f++) {
      passive[f] ^= infeasible[f];
    }
  }

  private void exchangeLast() {
    int last = rank - 1;
    while (!infeasible[last]) {
      last--;
    }
    passive[last] = !passive[last];
  }

  private int findInfeasible(double[] q, double[] b) {
    double largest = 0;
    for (int f = 0; f < rank; f++) {
      largest = Math.max(largest, Math.abs(x[f]));
    }
    int count = 0;
    for (int f = 0; f < rank; f++) {
      if (passive[f]) {
        infeasible[f] = x[f] < -TOLERANCE * largest;
      } else {
        double product = DenseKernels.dot(q, f * rank, x, 0, rank);
        dual[f] = product - b[f];
        infeasible[f] = dual[f] < -TOLERANCE * (Math.abs(product) + Math.abs(b[f]));
      }
      count += infeasible[f] ? 1 : 0;
    }
    return count;
  }

  /** {@code x_F = Q_FF^-1 b_F} by Cholesky, zero elsewhere. */
  private boolean solvePassive(double[] q, double[] b) {
    int size = 0;
    for (int f = 0; f < rank; f++) {
      if (passive[f]) {
        members[size++] = f;
      }
    }
    Arrays.fill(x, 0.0);
    for (int i = 0; i < size; i++) {
      int row = i * rank;
      for (int j = 0; j <= i; j++) {
        factor[row + j] = q[members[i] * rank + members[j]];
      }
      for (int j = 0; j < i; j++) {
        double entry = factor[row + j] - DenseKernels.dot(factor, row, factor, j * rank, j);
        factor[row + j] = entry / factor[j * rank + j];
      }
      double pivot = factor[row + i] - DenseKernels.dot(factor, row, factor, row, i);
      if (!(pivot > 0)) {
        return false;
      }
      factor[row + i] = Math.sqrt(pivot);
      // Forward substitution as the rows come.
      dual[i] = (b[members[i]] - DenseKernels.dot(factor, row, dual, 0, i)) / factor[row + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double value = dual[i] / factor[i * rank + i];
      x[members[i]] = value;
      DenseKernels.axpy(dual, 0, -value, factor, i * rank, i);
    }
    return true;
  }
}
