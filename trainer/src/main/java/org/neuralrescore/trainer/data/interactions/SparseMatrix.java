// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/**
 * A sparse matrix in compressed rows: row {@code r} has its columns, rising, and values at {@code
 * starts[r] .. starts[r + 1] - 1}. Primitive arrays for the solvers' inner loops, with a Mahout
 * matrix for whoever wants algebra.
 */
public final class SparseMatrix {
  private final int columnCount;
  private final int[] starts;
  private final int[] columns;
  private final float[] values;

  /**
   * @param columnCount columns
   * @param starts [rows + 1], rising from 0; not copied, like the other arrays
   * @param columns rising within a row
   * @param values finite
   */
  public SparseMatrix(int columnCount, int[] starts, int[] columns, float[] values) {
    int size = starts[starts.length - 1];
    if (columns.length != size || values.length != size) {
      throw new IllegalArgumentException(
          "sparse matrix expects " + size + " entries, got " + columns.length);
    }
    for (int r = 0; r + 1 < starts.length; r++) {
      int before = -1;
      for (int p = starts[r]; p < starts[r + 1]; p++) {
        if (columns[p] <= before || columns[p] >= columnCount || !Float.isFinite(values[p])) {
          throw new IllegalArgumentException(
              "sparse matrix row " + r + " has a bad entry at column " + columns[p]);
        }
        before = columns[p];
      }
    }
    this.columnCount = columnCount;
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  /** Rows. */
  public int rowCount() {
    return starts.length - 1;
  }

  /** Columns. */
  public int columnCount() {
    return columnCount;
  }

  /** Entries. */
  public int size() {
    return columns.length;
  }

  /** The first position of a row. */
  public int start(int row) {
    return starts[row];
  }

  /** Behind the last position of a row. */
  public int end(int row) {
    return starts[row + 1];
  }

  /** The column of every position, not a copy: readers must not write. */
  public int[] columns() {
    return columns;
  }

  /** The value of every position, not a copy: readers must not write. */
  public float[] values() {
    return values;
  }

  /** The transposed matrix, new. */
  public SparseMatrix transpose() {
    int[] newStarts = new int[columnCount + 1];
    for (int column : columns) {
      newStarts[column + 1]++;
    }
    for (int c = 0; c < columnCount; c++) {
      newStarts[c + 1] += newStarts[c];
    }
    int[] next = newStarts.clone();
    int[] newColumns = new int[columns.length];
    float[] newValues = new float[columns.length];
    for (int r = 0; r < rowCount(); r++) {
      for (int p = starts[r]; p < starts[r + 1]; p++) {
        int to = next[columns[p]]++;
        newColumns[to] = r;
        newValues[to] = values[p];
      }
    }
    return new SparseMatrix(rowCount(), newStarts, newColumns, newValues);
  }
}
