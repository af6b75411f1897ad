package org.neuralrescore.trainer.nmf.solver;

import java.util.Arrays;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

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
 * damped. Predictions of positive cells stay positive.
 */
final class KlCoordinateDescent implements HalfSweep {
  private static final double FULL_STEP = 0.6838;

  private final int rank;
  private final ScratchPool<Row> rows = new ScratchPool<>(Row::new);

  KlCoordinateDescent(int rank) {
    this.rank = rank;
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
        (from, to) -> {
          Row scratch = rows.borrow();
          double total = 0;
          for (int row = from; row < to; row++) {
            if (matrix.start(row) < matrix.end(row)) {
              scratch.load(matrix, row, y, rank);
              scratch.predict(x, row * rank, rank);
              scratch.descend(x, row * rank, rank, summary, penalty);
              total += fit ? scratch.fit() : 0;
            }
          }
          rows.giveBack(scratch);
          return total;
        });
  }

  /** One row's non-zeros, with the fixed factor's rows side by side: {@code ys[f * n + j]}. */
  private static final class Row {
    private int n;
    private double[] a = new double[0];
    private double[] p = new double[0];
    private double[] first = new double[0];
    private double[] second = new double[0];
    private double[] ys = new double[0];

    void load(SparseMatrix matrix, int row, double[] y, int rank) {
      int start = matrix.start(row);
      n = matrix.end(row) - start;
      if (n > a.length) {
        int room = n + n / 2;
        a = new double[room];
        p = new double[room];
        first = new double[room];
        second = new double[room];
        ys = new double[Math.multiplyExact(room, rank)];
      }
      for (int j = 0; j < n; j++) {
        a[j] = matrix.values()[start + j];
        transpose(y, matrix.columns()[start + j] * rank, ys, j, n, rank);
      }
    }

    private static void transpose(double[] y, int from, double[] ys, int to, int n, int rank) {
      int at = to;
      for (int f = 0; f < rank; f++) {
        ys[at] = y[from + f];
        at += n;
      }
    }

    void predict(double[] x, int offset, int rank) {
      Arrays.fill(p, 0, n, 0.0);
      int f = 0;
      for (; f + 4 <= rank; f += 4) {
        DenseKernels.axpy4(
            p,
            0,
            x[offset + f],
            f * n,
            x[offset + f + 1],
            (f + 1) * n,
            x[offset + f + 2],
            (f + 2) * n,
            x[offset + f + 3],
            (f + 3) * n,
            ys,
            n);
      }
      for (; f < rank; f++) {
        DenseKernels.axpy(p, 0, x[offset + f], ys, f * n, n);
      }
    }

    void descend(double[] x, int offset, int rank, double[] columnSums, Penalty penalty) {
      for (int f = 0; f < rank; f++) {
        slopes(a, p, ys, f * n, first, second, n);
        double before = x[offset + f];
        double gradient =
            columnSums[f] + penalty.l1() + penalty.l2() * before - DenseKernels.sum(first, 0, n);
        double curvature = penalty.l2() + DenseKernels.sum(second, 0, n);
        double step = step(before, gradient, curvature, f * n);
        if (step != 0) {
          x[offset + f] = before + step;
          DenseKernels.axpy(p, 0, step, ys, f * n, n);
        }
      }
    }

    /** The terms of {@code sum a y / p} and {@code sum a y^2 / p^2}. */
    private static void slopes(
        double[] a, double[] p, double[] ys, int at, double[] first, double[] second, int n) {
      for (int j = 0; j < n; j++) {
        double share = ys[at + j] / p[j];
        double term = a[j] * share;
        first[j] = term;
        second[j] = term * share;
      }
    }

    private double step(double x, double gradient, double curvature, int at) {
      if (gradient <= 0) {
        return curvature > 0 ? -gradient / curvature : 0;
      }
      if (x == 0) {
        return 0;
      }
      double newton = curvature > 0 ? gradient / curvature : x;
      double full = Math.min(x, newton);
      double ratio = largestRatio(at);
      if (full * ratio <= FULL_STEP) {
        return -full;
      }
      return -Math.min(x, newton / (1 + ratio * newton));
    }

    private double largestRatio(int at) {
      double largest = 0;
      for (int j = 0; j < n; j++) {
        largest = Math.max(largest, ys[at + j] / p[j]);
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
