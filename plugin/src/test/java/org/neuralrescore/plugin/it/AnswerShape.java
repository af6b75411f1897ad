// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A page's answer against a real one: the same keys at every depth, and values of the same kind. A
 * key in angle brackets stands for any, also for none.
 */
final class AnswerShape {
  /** Keys that an answer has where the model reads what they name. */
  private static final Set<String> SOMETIMES = Set.of("recent_field", "history", "item_field");

  private AnswerShape() {}

  static void assertShown(String place, JsonNode shown, JsonNode real) {
    assertEquals(shown.getNodeType(), real.getNodeType(), place);
    if (shown.isArray()) {
      if (!shown.isEmpty() && !real.isEmpty()) {
        assertShown(place + "[0]", shown.get(0), real.get(0));
      }
    } else if (shown.isObject()) {
      assertObject(place, shown, real);
    }
  }

  private static void assertObject(String place, JsonNode shown, JsonNode real) {
    Set<String> named = new TreeSet<>(shown.propertyNames());
    if (named.size() == 1 && named.iterator().next().startsWith("<")) {
      for (String key : real.propertyNames()) {
        assertShown(place + "." + key, shown.get(named.iterator().next()), real.get(key));
      }
      return;
    }
    Set<String> there = new TreeSet<>(real.propertyNames());
    assertTrue(named.containsAll(there), place + " has " + there + ", the page " + named);
    for (String key : named) {
      assertTrue(there.contains(key) || SOMETIMES.contains(key), place + " has no " + key);
      if (there.contains(key)) {
        assertShown(place + "." + key, shown.get(key), real.get(key));
      }
    }
  }
}
