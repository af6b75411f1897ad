// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeVersionTest {
  @ParameterizedTest
  @CsvSource({
    "7.17.0, 8.19.14",
    "8.18.99, 8.19.14",
    "8.19.0, 8.19.14",
    "8.19.13, 8.19.14",
    "8.19.13-SNAPSHOT, 8.19.14",
    "9.0.0, 9.2.8",
    "9.1.10, 9.2.8",
    "9.2.7, 9.2.8",
    "9.3.0, 9.3.4",
    "9.3.3, 9.3.4"
  })
  void requireSupported_whenOlderThanItsLinesFloor_saysWhyAndWhatToTake(String old, String toTake) {
    String message =
        assertThrows(IllegalStateException.class, () -> NodeVersion.requireSupported(old))
            .getMessage();
    assertTrue(message.contains("Elasticsearch " + old + ": "), message);
    assertTrue(message.contains("shutdown hook"), message);
    assertTrue(message.endsWith("take " + toTake + " or later"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.19.14",
        "8.19.21",
        "8.19.21-SNAPSHOT",
        "9.2.8",
        "9.2.10",
        "9.3.4",
        "9.4.0",
        "9.5.3",
        "10.0.0"
      })
  void requireSupported_fromTheFloorOn_passes(String version) {
    assertDoesNotThrow(() -> NodeVersion.requireSupported(version));
  }
}
