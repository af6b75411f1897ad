// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

/**
 * Minimises {@code 1/2 x'Qx - b'x} over {@code x >= 0} by cyclic coordinate descent (Franc et al.
 * 2005): each step sets one coordinate to its exact minimum, so the value never rises. One instance
 * a thread.
 */
public final class NonNegativeLeastSquares {
  private final int rank;
  private final double[] gradient;

  public NonNegativeLeastSquares(int rank) {
    this.rank = rank;
    this.gradient = new double[rank];
  }

  /**
   * Improves {@code x} from where it stands.
   *
   * @param q Q, [rank][rank], symmetric, positive definite
   * @param b b, [rank]
   * @param x holds the start and receives the result
   * @param offset where the vector begins in {@code x}
   * @param sweeps passes over the coordinates at most
   * @param tolerance stops early once a pass moves no coordinate by more than this share of the
   *     largest coordinate
   */
  public void solve(
      double[][] q, double[] b, double[] x, int offset, int sweeps, double tolerance) {
    for (int f = 0; f < rank; f++) {
      gradient[f] = -b[f];
    }
    for (int f = 0; f < rank; f++) {
      if (x[offset + f] != 0.0) {
        Gram.addScaled(gradient, x[offset + f], q[f]);
      }
    }
    for (int sweep = 0; sweep < sweeps; sweep++) {
      double moved = 0;
      double largest = 0;
      for (int f = 0; f < rank; f++) {
        double before = x[offset + f];
        // Stays where it is, as two thirds do: a division costs more than asking.
        if (before == 0.0 && gradient[f] >= 0.0) {
          continue;
        }
        double after = Math.max(0.0, before - gradient[f] / q[f][f]);
        largest = Math.max(largest, after);
        if (after != before) {
          moved = Math.max(moved, Math.abs(after - before));
          x[offset + f] = after;
          Gram.addScaled(gradient, after - before, q[f]);
        }
      }
      if (moved <= tolerance * largest) {
        return;
      }
    }
  }
}
