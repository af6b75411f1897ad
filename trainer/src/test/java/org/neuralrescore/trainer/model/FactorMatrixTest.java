// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FactorMatrixTest {

  @Test
  void rows_areInOrder_andAreZeroWhereAllFactorsAre() {
    FactorMatrix matrix = new FactorMatrix(2, 3, new float[] {1, 2, 3, 0, 0, 0});
    assertArrayEquals(new float[] {1, 2, 3}, matrix.row(0));
    assertFalse(matrix.isZero(0));
    assertTrue(matrix.isZero(1));
  }

  @Test
  void construct_notANumber_namesRowAndFactor() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new FactorMatrix(2, 2, new float[] {0, 0, 0, Float.NaN}));
    assertEquals("factor matrix row 1 factor 1 is NaN", error.getMessage());
  }

  @Test
  void construct_wrongLength_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new FactorMatrix(2, 2, new float[3]));
  }

  @Test
  void ids_unknown_isEmpty_known_isItsRow() {
    Ids ids = new Ids(List.of("b", "a"));
    assertEquals(OptionalInt.of(1), ids.row("a"));
    assertEquals(OptionalInt.empty(), ids.row("c"));
    assertEquals("b", ids.get(0));
  }

  @Test
  void ids_repeatedOrUnprintable_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Ids(List.of("a", "a")));
    assertThrows(IllegalArgumentException.class, () -> new Ids(List.of("a\nb")));
    assertThrows(IllegalArgumentException.class, () -> new Ids(List.of("")));
  }
}
