// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;

class ArraySizeTest {
  @Test
  void ofMatrix_beyondAnArray_saysTheRankThatFits() {
    assertEquals(2_000_000_000, ArraySize.ofMatrix(31_250_000, 64));
    // 67,108,865 * 64 is 64 in 32 bits.
    for (int users : new int[] {33_554_432, 67_108_865}) {
      UserError error = assertThrows(UserError.class, () -> ArraySize.ofMatrix(users, 64));
      assertTrue(
          error.getMessage().contains("at most --rank " + (Integer.MAX_VALUE - 8) / users),
          error.getMessage());
    }
  }

  @Test
  void behind_growsByHalf_upToAnArray_andThenRefuses() {
    assertEquals(16, ArraySize.behind(10));
    assertEquals(Integer.MAX_VALUE - 8, ArraySize.behind(1_500_000_000));
    UserError error = assertThrows(UserError.class, () -> ArraySize.behind(Integer.MAX_VALUE - 8));
    assertEquals(UserError.Kind.INPUT, error.kind());
  }
}
