// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * The losses and their gradients as the papers write them, cell by cell on a dense matrix, and
 * small matrices to try them on. Slow on purpose: it shares no code with the solvers.
 */
final class DenseReference {
  private DenseReference() {}

  static double objective(NmfOptions options, SparseMatrix matrix, NmfState state) {
    double[][] a = dense(matrix);
    double sum = 0;
    for (int r = 0; r < a.length; r++) {
      for (int c = 0; c < matrix.columnCount(); c++) {
        double p = predict(state, r, c);
        if (options.solver().loss() == NmfLoss.SQUARED_ERROR) {
          sum += 0.5 * (a[r][c] - p) * (a[r][c] - p);
        } else {
          sum += (a[r][c] > 0 ? a[r][c] * Math.log(a[r][c] / p) : 0) - a[r][c] + p;
        }
      }
    }
    for (double w : state.rows()) {
      sum += options.rowPenalty().l1() * w + 0.5 * options.rowPenalty().l2() * w * w;
    }
    for (double h : state.columns()) {
      sum += options.columnPenalty().l1() * h + 0.5 * options.columnPenalty().l2() * h * h;
    }
    return sum;
  }

  /** The objective's gradient in W, row-major, over all cells. */
  static double[] rowGradient(NmfOptions options, SparseMatrix matrix, NmfState state) {
    double[][] a = dense(matrix);
    int rank = options.rank();
    double[] gradient = new double[state.rows().length];
    for (int r = 0; r < a.length; r++) {
      for (int f = 0; f < rank; f++) {
        double w = state.rows()[r * rank + f];
        double sum = options.rowPenalty().l1() + options.rowPenalty().l2() * w;
        for (int c = 0; c < matrix.columnCount(); c++) {
          double p = predict(state, r, c);
          double h = state.columns()[c * rank + f];
          if (options.solver().loss() == NmfLoss.SQUARED_ERROR) {
            sum += (p - a[r][c]) * h;
          } else {
            sum += (1 - (a[r][c] > 0 ? a[r][c] / p : 0)) * h;
          }
        }
        gradient[r * rank + f] = sum;
      }
    }
    return gradient;
  }

  static double predict(NmfState state, int row, int column) {
    double sum = 0;
    for (int f = 0; f < state.rank(); f++) {
      sum += state.rows()[row * state.rank() + f] * state.columns()[column * state.rank() + f];
    }
    return sum;
  }

  static double[][] dense(SparseMatrix matrix) {
    double[][] dense = new double[matrix.rowCount()][matrix.columnCount()];
    for (int r = 0; r < matrix.rowCount(); r++) {
      for (int p = matrix.start(r); p < matrix.end(r); p++) {
        dense[r][matrix.columns()[p]] = matrix.values()[p];
      }
    }
    return dense;
  }

  static SparseMatrix sparse(double[][] dense) {
    int columns = dense[0].length;
    int[] starts = new int[dense.length + 1];
    for (int r = 0; r < dense.length; r++) {
      starts[r + 1] = starts[r];
      for (double value : dense[r]) {
        starts[r + 1] += value != 0 ? 1 : 0;
      }
    }
    int[] index = new int[starts[dense.length]];
    float[] values = new float[index.length];
    int to = 0;
    for (double[] row : dense) {
      for (int c = 0; c < columns; c++) {
        if (row[c] != 0) {
          index[to] = c;
          values[to++] = (float) row[c];
        }
      }
    }
    return new SparseMatrix(columns, starts, index, values);
  }

  /** Each cell filled with probability {@code density}, by values in (0, 5]. */
  static SparseMatrix random(int rows, int columns, double density, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] dense = new double[rows][columns];
    for (double[] row : dense) {
      for (int c = 0; c < columns; c++) {
        if (random.nextDouble() < density) {
          row[c] = 5 * (1 - random.nextDouble());
        }
      }
    }
    return sparse(dense);
  }
}
