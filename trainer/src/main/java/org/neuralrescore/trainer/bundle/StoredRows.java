// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.math.ArraySize;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * Rows of finite float32 that lie in a bundle's file, or some columns of them: a row is in the heap
 * once it is asked for.
 */
public final class StoredRows {
  private final NpyFile file;
  private final int column;
  private final int width;

  private StoredRows(NpyFile file, int column, int width) {
    this.file = file;
    this.column = column;
    this.width = width;
  }

  static StoredRows of(NpyFile file) {
    return new StoredRows(file, 0, file.width());
  }

  /** No rows. */
  static StoredRows none(int width) {
    return of(NpyFile.none(width));
  }

  /** Some columns beside each other. */
  public StoredRows columns(int from, int count) {
    if (from < 0 || count < 1 || from + count > width) {
      throw new IllegalArgumentException(
          "columns expect a part of " + width + ", got " + count + " from " + from);
    }
    return new StoredRows(file, column + from, count);
  }

  /** The number of rows. */
  public int rows() {
    return file.rows();
  }

  /** The number of values a row. */
  public int width() {
    return width;
  }

  /** One value. */
  public float value(int row, int place) {
    return file.floatAt((long) row * file.width() + column + place);
  }

  /** One row, new. */
  public float[] row(int row) {
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] = value(row, i);
    }
    return values;
  }

  /** True where every value of the row is zero. */
  public boolean isZero(int row) {
    for (int i = 0; i < width; i++) {
      if (value(row, i) != 0f) {
        return false;
      }
    }
    return true;
  }

  /**
   * All of them in the heap.
   *
   * @throws UserError of kind INPUT where they are more than an array has
   */
  FactorMatrix load() {
    long count = (long) rows() * width;
    if (count > ArraySize.MOST) {
      throw new UserError(
          Kind.INPUT, rows() + " rows of " + width + " are too many to be computed with in memory");
    }
    float[] values = new float[(int) count];
    for (int row = 0, at = 0; row < rows(); row++) {
      for (int i = 0; i < width; i++) {
        values[at++] = value(row, i);
      }
    }
    return new FactorMatrix(rows(), width, values);
  }
}
