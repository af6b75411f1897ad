// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * A dense {@code [rows x rank]} matrix of factors, row-major float32: row {@code r} starts at
 * {@code r * rank}. Float because this is what is published and what ONNX reads; solvers may work
 * in double and round once at the end.
 */
public final class FactorMatrix {
  private final int rows;
  private final int rank;
  private final float[] values;

  /**
   * @param values row-major [rows x rank], finite; owned by the matrix from here on, not copied
   */
  public FactorMatrix(int rows, int rank, float[] values) {
    if (rows < 0 || rank < 1 || values.length != (long) rows * rank) {
      throw new IllegalArgumentException(
          "factor matrix expects " + rows + " x " + rank + " values, got " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "factor matrix row " + i / rank + " factor " + i % rank + " is " + values[i]);
      }
    }
    this.rows = rows;
    this.rank = rank;
    this.values = values;
  }

  /** The values in double, row-major, new. */
  public double[] toDoubles() {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The number of users or items. */
  public int rows() {
    return rows;
  }

  /** The number of factors, {@code k} in the papers. */
  public int rank() {
    return rank;
  }

  /** The values themselves, row-major, not a copy: readers must not write. */
  public float[] values() {
    return values;
  }

  /** A copy of one row. */
  public float[] row(int row) {
    float[] copy = new float[rank];
    System.arraycopy(values, row * rank, copy, 0, rank);
    return copy;
  }

  /** True where every factor of the row is zero: nobody interacted with this item in training. */
  public boolean isZero(int row) {
    for (int i = row * rank; i < (row + 1) * rank; i++) {
      if (values[i] != 0f) {
        return false;
      }
    }
    return true;
  }
}
