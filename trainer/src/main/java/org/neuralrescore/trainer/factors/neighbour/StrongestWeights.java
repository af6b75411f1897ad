// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Arrays;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
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
     * @param weights takes every weight of the row that is not zero, once, in any order
     */
    void fill(int row, Row weights);
  }

  /** Takes one row's weights. */
  public interface Row {
    /** A weight, which may be kept where it is above 0. */
    void put(int column, float weight);
  }

  /**
   * Keeps the largest, equal ones by column. Takes the time that its sources take: nothing runs
   * over columns that a row has no weight for.
   *
   * @param items rows and columns
   * @param most weights of a row
   * @param sources gives one a thread, so that it may have room of its own
   * @return [items x items]
   */
  public static SparseMatrix of(int items, int most, Supplier<RowSource> sources, Workers workers) {
    int[][] columns = new int[items][];
    float[][] values = new float[items][];
    ScratchPool<RowSource> free = new ScratchPool<>(sources);
    ScratchPool<Ranked> lists = new ScratchPool<>(Ranked::new);
    workers.runRows(
        items,
        ROWS_PER_PART,
        (part, from, to) -> {
          RowSource source = free.borrow();
          Ranked ranked = lists.borrow();
          for (int row = from; row < to; row++) {
            ranked.size = 0;
            source.fill(row, ranked);
            columns[row] = ranked.columns(most);
            values[row] = ranked.values(columns[row].length);
          }
          free.giveBack(source);
          lists.giveBack(ranked);
        });
    return stack(items, columns, values);
  }

  /** Positive weights with their columns. */
  private static final class Ranked implements Row {
    private long[] keys = new long[256];
    private int size;

    @Override
    public void put(int column, float weight) {
      if (weight > 0f) {
        if (size == keys.length) {
          keys = Arrays.copyOf(keys, 2 * size);
        }
        // Positive floats are ordered as their bits are: the largest first, then by column.
        keys[size++] = (long) -Float.floatToIntBits(weight) << 32 | column;
      }
    }

    /** Of the largest, rising; they stand first from then on, in that order. */
    private int[] columns(int most) {
      int kept = Math.min(size, most);
      if (kept < size) {
        Arrays.sort(keys, 0, size);
      }
      for (int i = 0; i < kept; i++) {
        keys[i] = keys[i] << 32 | keys[i] >>> 32;
      }
      Arrays.sort(keys, 0, kept);
      int[] columns = new int[kept];
      for (int i = 0; i < kept; i++) {
        columns[i] = (int) (keys[i] >> 32);
      }
      return columns;
    }

    private float[] values(int kept) {
      float[] values = new float[kept];
      for (int i = 0; i < kept; i++) {
        values[i] = Float.intBitsToFloat(-(int) keys[i]);
      }
      return values;
    }
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
