package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NodeVersionTest {
  @Test
  void requireSupported_whenOlderThanTheFloor_namesBoth() {
    for (String old : new String[] {"8.19.13", "8.18.99", "7.17.0", "8.19.13-SNAPSHOT"}) {
      String message =
          assertThrows(IllegalStateException.class, () -> NodeVersion.requireSupported(old))
              .getMessage();
      assertTrue(message.contains("8.19.14") && message.contains(old), message);
    }
  }

  @Test
  void requireSupported_fromTheFloorOn_passes() {
    for (String version : new String[] {"8.19.14", "8.19.21", "8.19.21-SNAPSHOT", "9.5.3"}) {
      assertDoesNotThrow(() -> NodeVersion.requireSupported(version));
    }
  }
}
