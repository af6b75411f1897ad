// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;

class LineRoomTest {
  @Test
  void behind_growsByHalf_upToAnArray_andThenRefuses() {
    assertEquals(16, LineRoom.behind(10));
    assertEquals(Integer.MAX_VALUE - 8, LineRoom.behind(1_500_000_000));
    UserError error = assertThrows(UserError.class, () -> LineRoom.behind(Integer.MAX_VALUE - 8));
    assertEquals(UserError.Kind.INPUT, error.kind());
  }
}
