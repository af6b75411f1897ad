// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OnceAMinuteTest {
  @Test
  void lets_oneOfAKindAMinute() {
    OnceAMinute once = new OnceAMinute();
    assertTrue(once.lets("no_memory films/g1", 5));
    assertFalse(once.lets("no_memory films/g1", 4 + OnceAMinute.MILLIS));
    assertTrue(once.lets("no_memory films/g2", 6));
    assertTrue(once.lets("no_memory films/g1", 5 + OnceAMinute.MILLIS));
    assertFalse(once.lets("no_memory films/g1", 6 + OnceAMinute.MILLIS));
  }
}
