// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.model.Ids;

class HashedWordsTest {
  private static final Ids IDS = new Ids(List.of("a", "b", "c", "unlisted"));
  private static final List<CatalogueItem> CATALOGUE =
      List.of(
          new CatalogueItem("a", "Alien", "A ship in space", List.of("Horror")),
          new CatalogueItem("b", "Aliens", "Marines, a ship, in space", List.of("Horror")),
          new CatalogueItem("c", "Notting Hill", "A bookshop", List.of("Romance")));

  private final ItemContent content = new HashedWords(512).of(IDS, CATALOGUE);

  private static double cosine(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  @Test
  void of_itemsThatShareWords_areNearerThanThoseThatDoNot() {
    assertTrue(
        cosine(content.of(0), content.of(1)) > 0.2 + cosine(content.of(0), content.of(2)),
        cosine(content.of(0), content.of(1)) + " " + cosine(content.of(0), content.of(2)));
  }

  @Test
  void of_everyListedItem_hasLengthOne() {
    for (int item = 0; item < 3; item++) {
      assertEquals(1, cosine(content.of(item), content.of(item)), 1e-5);
    }
  }

  @Test
  void of_anItemOutsideTheCatalogue_hasNone() {
    assertFalse(content.has(3));
    assertEquals(4, content.itemCount());
  }

  @Test
  void of_theCatalogueInAnotherOrder_isTheSame() {
    ItemContent other =
        new HashedWords(512).of(IDS, List.of(CATALOGUE.get(2), CATALOGUE.get(0), CATALOGUE.get(1)));

    for (int item = 0; item < 3; item++) {
      assertArrayEquals(content.of(item), other.of(item));
    }
  }

  @Test
  void content_ofTheWrongWidthOrNotFinite_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ItemContent.of(IDS, 3, Map.of("a", new float[] {1, 2})));
    assertThrows(
        IllegalArgumentException.class,
        () -> ItemContent.of(IDS, 2, Map.of("a", new float[] {1, Float.NaN})));
    assertThrows(IllegalArgumentException.class, () -> new HashedWords(3));
  }
}
