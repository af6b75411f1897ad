// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;
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
  private final int longestRow;

  MatrixSide(SparseMatrix matrix) {
    this.matrix = matrix;
    int rows = matrix.rowCount();
    long share = (matrix.size() + (long) ROW_COST * rows) / PARTS + 1;
    int[] cuts = new int[PARTS + 1];
    int parts = 0;
    int longest = 0;
    long cost = 0;
    for (int r = 0; r < rows; r++) {
      int length = matrix.end(r) - matrix.start(r);
      longest = Math.max(longest, length);
      cost += length + ROW_COST;
      if (cost >= share || r == rows - 1) {
        parts++;
        cuts[parts] = r + 1;
        cost = 0;
      }
    }
    bounds = Arrays.copyOf(cuts, parts + 1);
    longestRow = longest;
  }

  SparseMatrix matrix() {
    return matrix;
  }

  /** The most non-zeros of any row. */
  int longestRow() {
    return longestRow;
  }

  /** A part's rows, with a number to return. */
  @FunctionalInterface
  interface RowRun {
    double run(int from, int to);
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
