// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * A, or its transpose, cut into runs of rows of about equal work. The cuts depend on the matrix
 * alone, so that a reduction over parts has one order for any number of threads.
 */
final class MatrixSide {
  private static final int PARTS = 128;
  private static final int ROW_COST = 16;

  private final SparseMatrix matrix;
  private final int[] bounds;

  MatrixSide(SparseMatrix matrix) {
    this.matrix = matrix;
    int rows = matrix.rowCount();
    long share = (matrix.size() + (long) ROW_COST * rows) / PARTS + 1;
    int[] cuts = new int[PARTS + 1];
    int parts = 0;
    long cost = 0;
    for (int r = 0; r < rows; r++) {
      int length = matrix.end(r) - matrix.start(r);
      cost += length + ROW_COST;
      if (cost >= share || r == rows - 1) {
        parts++;
        cuts[parts] = r + 1;
        cost = 0;
      }
    }
    bounds = Arrays.copyOf(cuts, parts + 1);
  }

  SparseMatrix matrix() {
    return matrix;
  }

  /** A part's rows, with a number to return. */
  @FunctionalInterface
  interface RowRun {
    double run(int from, int to);
  }

  /** A row's work in a space of its own, with a number to return. */
  @FunctionalInterface
  interface RowWork<T> {
    double run(T scratch, int row);
  }

  /** Runs every row that has a non-zero and adds what they return, by part in row order. */
  <T> double sum(Workers workers, ScratchPool<T> scratches, RowWork<T> work) {
    return sum(
        workers,
        (from, to) -> {
          T scratch = scratches.borrow();
          double total = 0;
          for (int row = from; row < to; row++) {
            if (matrix.start(row) < matrix.end(row)) {
              total += work.run(scratch, row);
            }
          }
          scratches.giveBack(scratch);
          return total;
        });
  }

  /** Runs every part and adds what they return in part order. */
  double sum(Workers workers, RowRun run) {
    double[] partial = new double[bounds.length - 1];
    workers.run(partial.length, part -> partial[part] = run.run(bounds[part], bounds[part + 1]));
    double total = 0;
    for (double value : partial) {
      total += value;
    }
    return total;
  }
}
