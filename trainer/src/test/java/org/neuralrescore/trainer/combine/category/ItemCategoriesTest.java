// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.model.Ids;

class ItemCategoriesTest {
  private static ItemCategories brands(int count) {
    Ids items = new Ids(IntStream.range(0, count).mapToObj(i -> "i" + i).toList());
    Map<String, List<String>> byId = new HashMap<>();
    items.asList().forEach(id -> byId.put(id, List.of("brand of " + id)));
    return ItemCategories.of(items, byId);
  }

  @Test
  void of_numbersByTheOrderOfNames() {
    ItemCategories categories =
        ItemCategories.of(
            new Ids(List.of("a", "b", "c")),
            Map.of("a", List.of("y", "x", "y"), "c", List.of("z"), "stranger", List.of("w")));
    assertEquals(List.of("x", "y", "z"), categories.names());
    assertArrayEquals(new int[] {0, 1}, categories.of(0));
    assertArrayEquals(new int[0], categories.of(1));
    assertArrayEquals(new int[] {2}, categories.of(2));
  }

  @Test
  void teach_twoToAThousandNames_ofItemsThatAreLearnedFrom() {
    assertFalse(brands(1).teach(item -> true));
    assertTrue(brands(2).teach(item -> item == 1));
    assertFalse(brands(2).teach(item -> false));
    assertTrue(brands(ItemCategories.MOST_NAMES).teach(item -> true));
    assertFalse(brands(ItemCategories.MOST_NAMES + 1).teach(item -> true));
  }
}
