// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Arrays;
import org.neuralrescore.trainer.base.math.PositiveDefinite;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * What one row of a factorisation solves, given the other side: {@code q x = b}. Products are
 * summed four rows at a time over the upper triangle, which fits a processor's first cache at rank
 * 64 where the whole matrix does not; each element is the sum of the same products in the same
 * order as one row at a time gives it. One instance a thread.
 */
public final class NormalEquations {
  private static final int TOGETHER = 4;

  /** Where a row of the triangle begins: at its diagonal or a few elements before. */
  private static final int ALIGNED = -4;

  private final int rank;
  private final double[][] q;
  private final double[] b;
  private final double[][] rows;
  private final double[] weights = new double[TOGETHER];
  private int waiting;
  private double total;

  public NormalEquations(int rank) {
    this.rank = rank;
    q = new double[rank][rank];
    b = new double[rank];
    rows = new double[TOGETHER][rank];
  }

  /**
   * Forgets the row before.
   *
   * @param base what {@code q} begins with, [rank][rank], symmetric
   */
  public void begin(double[][] base) {
    for (int f = 0; f < rank; f++) {
      int from = f & ALIGNED;
      System.arraycopy(base[f], from, q[f], from, rank - from);
    }
    Arrays.fill(b, 0.0);
    total = 0;
  }

  /**
   * Adds {@code weight h h'} to q and {@code weight h} to b.
   *
   * @param y holds h from {@code offset} on
   */
  public void add(double[] y, int offset, double weight) {
    double[] h = rows[waiting];
    System.arraycopy(y, offset, h, 0, rank);
    weights[waiting++] = weight;
    Gram.addScaled(b, weight, h);
    total += weight;
    if (waiting == TOGETHER) {
      flush();
    }
  }

  /**
   * Adds what a row of a matrix touched of the other side.
   *
   * @param y the other side, row-major [columns x rank]
   */
  public void addRow(SparseMatrix weights, int row, double[] y) {
    for (int p = weights.start(row); p < weights.end(row); p++) {
      add(y, weights.columns()[p] * rank, weights.values()[p]);
    }
  }

  /** Adds the ridge; {@link #q} and {@link #b} are whole from here to the next {@link #begin}. */
  public void end(double ridge) {
    finish(ridge);
    for (int f = 0; f < rank; f++) {
      for (int g = f + 1; g < rank; g++) {
        q[g][f] = q[f][g];
      }
    }
  }

  /**
   * Adds the ridge and solves {@code q x = b}.
   *
   * @return x, [rank], in the place of {@link #b}
   */
  public double[] solve(double ridge) {
    finish(ridge);
    PositiveDefinite.solve(q, b, rank);
    return b;
  }

  private void finish(double ridge) {
    if (waiting > 0) {
      Arrays.fill(weights, waiting, TOGETHER, 0.0);
      flush();
    }
    for (int f = 0; f < rank; f++) {
      q[f][f] += ridge;
    }
  }

  private void flush() {
    for (int f = 0; f < rank; f++) {
      double w0 = weights[0] * rows[0][f];
      double w1 = weights[1] * rows[1][f];
      double w2 = weights[2] * rows[2][f];
      double w3 = weights[3] * rows[3][f];
      // Non-negative factors are often zero.
      if (w0 != 0.0 || w1 != 0.0 || w2 != 0.0 || w3 != 0.0) {
        addFour(q[f], f & ALIGNED, w0, rows[0], w1, rows[1], w2, rows[2], w3, rows[3]);
      }
    }
    waiting = 0;
  }

  private static void addFour(
      double[] sum,
      int from,
      double w0,
      double[] h0,
      double w1,
      double[] h1,
      double w2,
      double[] h2,
      double w3,
      double[] h3) {
    for (int i = from; i < sum.length; i++) {
      sum[i] = sum[i] + w0 * h0[i] + w1 * h1[i] + w2 * h2[i] + w3 * h3[i];
    }
  }

  /** The matrix, [rank][rank], symmetric; its own, and free to be overwritten. */
  public double[][] q() {
    return q;
  }

  /** The right-hand side, [rank]; its own, and free to be overwritten. */
  public double[] b() {
    return b;
  }

  /** All weights that were added. */
  public double total() {
    return total;
  }

  /**
   * {@code x'q x - 2 b'x}, which is least at the solution.
   *
   * @param x holds the vector from {@code offset} on
   */
  public double value(double[] x, int offset) {
    double value = 0;
    for (int f = 0; f < rank; f++) {
      if (x[offset + f] != 0.0) {
        value += x[offset + f] * (Gram.dot(q[f], 0, x, offset, rank) - 2 * b[f]);
      }
    }
    return value;
  }
}
