// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * Cyclic coordinate descent for Kullback-Leibler (CCD of Hsieh and Dhillon 2011): one Newton step a
 * coordinate on {@code f(x) = sum x - sum a log p}, the predictions {@code p} patched in place.
 *
 * <p>The derivative is concave, so a full step upwards never overshoots. A step down by {@code d}
 * changes f by at most {@code -g d + h d^2 / 2 phi(r d)} with {@code r = max y_j / p_j} and {@code
 * phi(v) = 2 (-log(1 - v) - v) / v^2}, and {@code phi <= 2} up to {@code v = 0.6838}: a full step
 * within that bound descends, and beyond it one damped by {@code 1 / (1 + r g / h)} does. That is
 * the scalar Newton method of Hien and Gillis 2021 with the self-concordance constant taken where
 * the iterate stands ({@code r <= sqrt(h / min a)}) and not for the whole row, so fewer steps are
 * damped. Predictions of positive cells stay positive: no step takes more than all but a millionth
 * of one, for beyond, what is left of it is rounding, and where much of one goes it is added up
 * anew.
 */
final class KlCoordinateDescent implements HalfSweep {
  private static final double FULL_STEP = 0.6838;

  /** The share of a prediction that a step may take. */
  private static final double MOST = 1 - 0x1p-20;

  /** The share from which predictions are added up anew. */
  private static final double MUCH = 1 - 0x1p-10;

  private final int rank;
  private final ScratchPool<Row> rows;

  KlCoordinateDescent(int rank) {
    this.rank = rank;
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
    return side.sum(
        workers,
        rows,
        (scratch, row) -> {
          scratch.load(matrix, row, y);
          scratch.predict(x, row * rank);
          scratch.descend(x, row * rank, summary, penalty);
          return fit ? scratch.fit() : 0;
        });
  }

  /** One row's non-zeros, with the fixed factor's rows side by side: {@code ys[f][j]}. */
  private static final class Row {
    private final int rank;
    private final double[][] ys;
    private int n;
    private double leastValue;
    private double[] a = new double[0];
    private double[] p = new double[0];
    private double[] inverse = new double[0];
    private double slope;
    private double curvature;
    private boolean deep;

    Row(int rank) {
      this.rank = rank;
      this.ys = new double[rank][0];
    }

    void load(SparseMatrix matrix, int row, double[] y) {
      int start = matrix.start(row);
      n = matrix.end(row) - start;
      if (n > a.length) {
        int room = n + n / 2;
        a = new double[room];
        p = new double[room];
        inverse = new double[room];
        for (int f = 0; f < rank; f++) {
          ys[f] = new double[room];
        }
      }
      leastValue = Double.POSITIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        a[j] = matrix.values()[start + j];
        leastValue = Math.min(leastValue, a[j]);
      }
      int f = 0;
      for (; f + 4 <= rank; f += 4) {
        gather4(matrix.columns(), start, y, f);
      }
      for (; f < rank; f++) {
        gather(matrix.columns(), start, y, f);
      }
    }

    private void gather4(int[] columns, int start, double[] y, int f) {
      double[] y0 = ys[f];
      double[] y1 = ys[f + 1];
      double[] y2 = ys[f + 2];
      double[] y3 = ys[f + 3];
      for (int j = 0; j < n; j++) {
        int at = columns[start + j] * rank + f;
        y0[j] = y[at];
        y1[j] = y[at + 1];
        y2[j] = y[at + 2];
        y3[j] = y[at + 3];
      }
    }

    private void gather(int[] columns, int start, double[] y, int f) {
      double[] to = ys[f];
      for (int j = 0; j < n; j++) {
        to[j] = y[columns[start + j] * rank + f];
      }
    }

    void predict(double[] x, int offset) {
      Arrays.fill(p, 0, n, 0.0);
      DenseKernels.combine(p, x, offset, ys, n);
      invert(p, inverse, n);
    }

    void descend(double[] x, int offset, double[] columnSums, Penalty penalty) {
      for (int f = 0; f < rank; f++) {
        slopes(ys[f]);
        double before = x[offset + f];
        double gradient = columnSums[f] + penalty.l1() + penalty.l2() * before - slope;
        double step = step(before, gradient, curvature + penalty.l2(), ys[f]);
        if (step != 0) {
          x[offset + f] = before + step;
          if (deep) {
            predict(x, offset);
          } else {
            DenseKernels.axpy(p, step, ys[f], n);
            invert(p, inverse, n);
          }
        }
      }
    }

    /** Vectorised here, a division costs an eighth of what it would in the sums below. */
    private static void invert(double[] p, double[] inverse, int n) {
      for (int j = 0; j < n; j++) {
        inverse[j] = 1 / p[j];
      }
    }

    /** {@code sum a y / p} and {@code sum a y^2 / p^2}, in four lanes. */
    private void slopes(double[] y) {
      double g0 = 0;
      double g1 = 0;
      double g2 = 0;
      double g3 = 0;
      double h0 = 0;
      double h1 = 0;
      double h2 = 0;
      double h3 = 0;
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        double s0 = y[j] * inverse[j];
        double s1 = y[j + 1] * inverse[j + 1];
        double s2 = y[j + 2] * inverse[j + 2];
        double s3 = y[j + 3] * inverse[j + 3];
        double t0 = a[j] * s0;
        double t1 = a[j + 1] * s1;
        double t2 = a[j + 2] * s2;
        double t3 = a[j + 3] * s3;
        g0 += t0;
        g1 += t1;
        g2 += t2;
        g3 += t3;
        h0 += t0 * s0;
        h1 += t1 * s1;
        h2 += t2 * s2;
        h3 += t3 * s3;
      }
      for (; j < n; j++) {
        double share = y[j] * inverse[j];
        g0 += a[j] * share;
        h0 += a[j] * share * share;
      }
      slope = (g0 + g1) + (g2 + g3);
      curvature = (h0 + h1) + (h2 + h3);
    }

    private double step(double x, double gradient, double fullCurvature, double[] y) {
      deep = false;
      if (gradient <= 0) {
        return fullCurvature > 0 ? -gradient / fullCurvature : 0;
      }
      if (x == 0) {
        return 0;
      }
      double newton = fullCurvature > 0 ? gradient / fullCurvature : x;
      double full = Math.min(x, newton);
      // The cheap bound on the ratio settles most steps.
      if (full * Math.sqrt(curvature / leastValue) <= FULL_STEP) {
        return -full;
      }
      double ratio = largestRatio(y);
      if (full * ratio <= FULL_STEP) {
        return -full;
      }
      double damped = Math.min(Math.min(x, newton / (1 + ratio * newton)), MOST / ratio);
      deep = damped * ratio > MUCH;
      return -damped;
    }

    private double largestRatio(double[] y) {
      double largest = 0;
      for (int j = 0; j < n; j++) {
        largest = Math.max(largest, y[j] * inverse[j]);
      }
      return largest;
    }

    double fit() {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += a[j] * Math.log(p[j]);
      }
      return sum;
    }
  }
}
