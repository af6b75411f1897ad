// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;

class SideTest {
  @Test
  void size_thatAnArrayHas_isTheProduct() {
    assertEquals(2_000_000_000, Side.size(31_250_000, 64));
  }

  /** 67,108,865 * 64 is 64 in 32 bits. */
  @ParameterizedTest
  @ValueSource(ints = {33_554_432, 67_108_865, Integer.MAX_VALUE})
  void size_beyondAnArray_isRefusedInOneLine(int rows) {
    UserError error = assertThrows(UserError.class, () -> Side.size(rows, 64));
    assertTrue(error.getMessage().contains("choose a smaller --rank"), error.getMessage());
    assertEquals(1, error.getMessage().lines().count());
  }
}
