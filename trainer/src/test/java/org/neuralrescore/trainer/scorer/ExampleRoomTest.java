// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;

/** Examples that do not fit are refused before memory is taken. */
class ExampleRoomTest {
  private static final long MB = 1 << 20;

  @Test
  void examples_thatDoNotFit_areRefusedInALine() {
    assertDoesNotThrow(() -> ExampleMaking.requireRoom(1 << 20, 16, false, 256 * MB));
    assertEquals(
        "--examples 1048576 of 16 factors take 256 MB, and the heap has 255; take fewer, or give the"
            + " JVM more by -Xmx",
        refused(1 << 20, 16, false, 255 * MB));
    assertEquals(
        "--examples 1048576 of 16 factors take 384 MB, and the heap has 256; take fewer, or give the"
            + " JVM more by -Xmx",
        refused(1 << 20, 16, true, 256 * MB));
    assertEquals(
        "--examples 20000000 of 128 factors take 39062 MB, and the heap has 65536; take fewer:"
            + " 16777215 at most",
        refused(20_000_000, 128, false, 65_536 * MB));
  }

  private static String refused(int size, int rank, boolean recent, long heap) {
    return assertThrows(UserError.class, () -> ExampleMaking.requireRoom(size, rank, recent, heap))
        .getMessage();
  }
}
