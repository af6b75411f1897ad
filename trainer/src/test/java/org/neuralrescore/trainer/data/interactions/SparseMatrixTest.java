// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.function.Functions;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.MahoutMatrices;

class SparseMatrixTest {
  private static final SparseMatrix MATRIX =
      new SparseMatrix(
          4, new int[] {0, 2, 2, 5}, new int[] {1, 3, 0, 1, 2}, new float[] {1, 2, 3, 4, 5});

  @Test
  void transpose_agreesWithMahout() {
    Matrix expected = MahoutMatrices.of(MATRIX).transpose();
    Matrix actual = MahoutMatrices.of(MATRIX.transpose());
    assertEquals(4, actual.rowSize());
    assertEquals(0.0, expected.minus(actual).aggregate(Functions.PLUS, Functions.ABS));
  }

  @Test
  void transpose_twice_isTheSame() {
    SparseMatrix twice = MATRIX.transpose().transpose();
    assertArrayEquals(MATRIX.columns(), twice.columns());
    assertArrayEquals(MATRIX.values(), twice.values());
  }

  @Test
  void constructor_whenColumnsDoNotRise_refuses() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparseMatrix(2, new int[] {0, 2}, new int[] {1, 1}, new float[] {1, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparseMatrix(2, new int[] {0, 1}, new int[] {2}, new float[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparseMatrix(2, new int[] {0, 1}, new int[] {0}, new float[] {Float.NaN}));
  }
}
