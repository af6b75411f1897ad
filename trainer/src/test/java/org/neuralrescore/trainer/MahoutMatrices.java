// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer;

import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;

/** Copies as Mahout's dense matrices, whose arithmetic is the other opinion of many tests. */
public final class MahoutMatrices {
  private MahoutMatrices() {}

  /** A copy. */
  public static Matrix of(FactorMatrix matrix) {
    Matrix copy = new DenseMatrix(matrix.rows(), matrix.rank());
    for (int r = 0; r < matrix.rows(); r++) {
      for (int f = 0; f < matrix.rank(); f++) {
        copy.setQuick(r, f, matrix.values()[r * matrix.rank() + f]);
      }
    }
    return copy;
  }

  /** A copy, zeros written out. */
  public static Matrix of(SparseMatrix matrix) {
    Matrix copy = new DenseMatrix(matrix.rowCount(), matrix.columnCount());
    for (int r = 0; r < matrix.rowCount(); r++) {
      for (int p = matrix.start(r); p < matrix.end(r); p++) {
        copy.setQuick(r, matrix.columns()[p], matrix.values()[p]);
      }
    }
    return copy;
  }
}
