// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Arrays;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Of a square of weights that is never held whole, the largest positive ones of each row. */
public final class StrongestWeights {
  private static final int ROWS_PER_PART = 32;

  private StrongestWeights() {}

  /** Computes rows, one after the other. */
  @FunctionalInterface
  public interface RowSource {
    /**
     * Computes one row.
     *
     * @param weights [items], zeros; what is above zero may be kept
     */
    void fill(int row, float[] weights);
  }

  /**
   * Keeps the largest, equal ones by column.
   *
   * @param items rows and columns
   * @param most weights of a row
   * @param sources gives one a part, so that it may have room of its own
   * @return [items x items]
   */
  public static SparseMatrix of(int items, int most, Supplier<RowSource> sources, Workers workers) {
    int[][] columns = new int[items][];
    float[][] values = new float[items][];
    workers.runRows(
        items,
        ROWS_PER_PART,
        (part, from, to) -> {
          RowSource source = sources.get();
          float[] weights = new float[items];
          for (int row = from; row < to; row++) {
            Arrays.fill(weights, 0f);
            source.fill(row, weights);
            columns[row] = strongest(weights, most);
            values[row] = new float[columns[row].length];
            for (int i = 0; i < values[row].length; i++) {
              values[row][i] = weights[columns[row][i]];
            }
          }
        });
    return stack(items, columns, values);
  }

  private static int[] strongest(float[] weights, int most) {
    long[] ranked = new long[weights.length];
    int n = 0;
    for (int column = 0; column < weights.length; column++) {
      if (weights[column] > 0f) {
        // Positive floats are ordered as their bits are: the largest first, then by column.
        ranked[n++] = (long) -Float.floatToIntBits(weights[column]) << 32 | column;
      }
    }
    int kept = Math.min(n, most);
    if (kept < n) {
      Arrays.sort(ranked, 0, n);
    }
    int[] columns = new int[kept];
    for (int i = 0; i < kept; i++) {
      columns[i] = (int) ranked[i];
    }
    Arrays.sort(columns);
    return columns;
  }

  private static SparseMatrix stack(int items, int[][] columns, float[][] values) {
    int[] starts = new int[items + 1];
    for (int row = 0; row < items; row++) {
      starts[row + 1] = Math.addExact(starts[row], columns[row].length);
    }
    int[] allColumns = new int[starts[items]];
    float[] allValues = new float[starts[items]];
    for (int row = 0; row < items; row++) {
      System.arraycopy(columns[row], 0, allColumns, starts[row], columns[row].length);
      System.arraycopy(values[row], 0, allValues, starts[row], columns[row].length);
    }
    return new SparseMatrix(items, starts, allColumns, allValues);
  }
}
