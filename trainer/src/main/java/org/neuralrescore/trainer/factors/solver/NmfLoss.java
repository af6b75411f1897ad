// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import org.neuralrescore.trainer.base.parallel.Workers;

/**
 * What is minimised, before the penalties. Both losses split into a constant of A, a sum over the
 * non-zeros, and a sum over all cells that small summaries of the two factors give:
 *
 * <pre>
 * loss = constant - fit + cross,   P = W H'
 * </pre>
 */
public enum NmfLoss {
  /** {@code sum A log(A / P) - A + P}, 0 log 0 = 0. */
  KULLBACK_LEIBLER(
      "generalised Kullback-Leibler divergence, sum A log(A / XY) - A + XY: without its last two"
          + " terms it has no minimum") {
    @Override
    double constant(float[] values) {
      double sum = 0;
      for (double a : values) {
        sum += a * Math.log(a) - a;
      }
      return sum;
    }

    @Override
    double[] summary(double[] factor, int rank, Workers workers) {
      return FactorSummary.columnSums(factor, rank, workers);
    }

    @Override
    double cross(double[] x, double[] y) {
      return DenseKernels.dot(x, 0, y, 0, x.length);
    }

    @Override
    boolean needsPositiveStart() {
      return true;
    }
  },
  /** {@code 1/2 sum (A - P)^2}. */
  SQUARED_ERROR("squared error over all cells, 1/2 sum (A - XY)^2") {
    @Override
    double constant(float[] values) {
      double sum = 0;
      for (double a : values) {
        sum += a * a;
      }
      return 0.5 * sum;
    }

    @Override
    double[] summary(double[] factor, int rank, Workers workers) {
      return FactorSummary.gram(factor, rank, workers);
    }

    @Override
    double cross(double[] x, double[] y) {
      return 0.5 * DenseKernels.dot(x, 0, y, 0, x.length);
    }

    @Override
    boolean needsPositiveStart() {
      return false;
    }
  };

  private final String summary;

  NmfLoss(String summary) {
    this.summary = summary;
  }

  /** What it is, in one line. */
  public String summary() {
    return summary;
  }

  /** The part of A alone: {@code sum a log a - a} or {@code 1/2 sum a^2}, a positive. */
  abstract double constant(float[] values);

  /**
   * What a half-sweep needs to know of the fixed factor beyond the rows that it touches: column
   * sums [rank] or the Gram matrix [rank x rank], new.
   */
  abstract double[] summary(double[] factor, int rank, Workers workers);

  /** The sum over all cells, {@code sum P} or {@code 1/2 sum P^2}, from the two summaries. */
  abstract double cross(double[] x, double[] y);

  /** Whether a zero prediction of a positive cell makes the loss infinite. */
  abstract boolean needsPositiveStart();
}
