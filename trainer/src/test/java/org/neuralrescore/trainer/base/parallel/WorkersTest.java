// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void runRows_coversEveryRowOnce(int threads) {
    int[] times = new int[1001];
    try (Workers workers = new Workers(threads)) {
      workers.runRows(
          times.length,
          10,
          (part, from, to) -> {
            for (int row = from; row < to; row++) {
              times[row] += part == row / 10 ? 1 : 100;
            }
          });
    }
    int[] once = new int[times.length];
    Arrays.fill(once, 1);
    assertArrayEquals(once, times);
  }

  @Test
  void run_whenAPartFails_throwsItAndLeavesTheRestOut() {
    AtomicInteger begun = new AtomicInteger();
    try (Workers workers = new Workers(2)) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      1_000_000,
                      part -> {
                        begun.incrementAndGet();
                        throw new IllegalStateException("part");
                      }));
      assertEquals("part", thrown.getMessage());
      workers.run(1, part -> begun.set(-1));
    }
    assertEquals(-1, begun.get());
  }

  @Test
  void run_withNothingToDo_returns() {
    try (Workers workers = new Workers(2)) {
      workers.run(
          0,
          part -> {
            throw new AssertionError("no part was asked for");
          });
    }
  }
}
