// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GraphRefusalTest {
  @Test
  void message_isALineOfReadableLength_whateverNamesAFileHas() {
    String name = "an input\nof many ".repeat(100_000);
    GraphRefusal refusal = GraphRefusal.has("a tensor [" + name + "]").at("node [" + name + "]");
    assertEquals(1, refusal.getMessage().lines().count());
    assertTrue(refusal.getMessage().length() < 1_100, refusal.getMessage());
    assertTrue(refusal.getMessage().startsWith("is refused: node [an input?of many"));
    assertTrue(refusal.getMessage().contains("...: it has a tensor"), refusal.getMessage());
    assertEquals("is refused: it has no end", GraphRefusal.has("no end").getMessage());
  }
}
