// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

class FactorWordsTest {
  /** Ten items: five of space, five of love, all films; item 9 alone has a rare word. */
  private static final List<CatalogueItem> CATALOGUE = new ArrayList<>();

  private static final Ids IDS;
  private static final FactorMatrix FACTORS;

  static {
    List<String> ids = new ArrayList<>();
    float[] values = new float[10 * 3];
    for (int i = 0; i < 10; i++) {
      boolean space = i < 5;
      ids.add("i" + i);
      CATALOGUE.add(
          new CatalogueItem(
              "i" + i,
              space ? "The Space Ship" : "The Love Story",
              i == 9 ? "the zeppelin film" : "the film",
              List.of(space ? "Sci-Fi" : "Romance")));
      values[i * 3] = space ? 1f : 0f;
      values[i * 3 + 1] = space ? 0.1f : 1f;
    }
    IDS = new Ids(ids);
    FACTORS = new FactorMatrix(10, 3, values);
  }

  @Test
  void of_namesWhatTellsAFactorsItemsFromTheOthers() {
    FactorWords words = new FactorWords(IDS, FACTORS, CATALOGUE);
    assertEquals(List.of("sci-fi", "ship", "space"), words.of(0, 6));
    assertEquals(List.of("love", "romance"), words.of(1, 2));
  }

  @Test
  void of_leavesOutWhatAllItemsHave_andWhatHardlyAnyHas() {
    List<String> all = new FactorWords(IDS, FACTORS, CATALOGUE).of(1, 100);
    assertEquals(List.of("love", "romance", "story"), all);
  }

  @Test
  void of_doesNotMindWhoIsDescribedAtAll() {
    List<CatalogueItem> some = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // Only the items of the first factor have a description, and all of them the same.
      some.add(new CatalogueItem("i" + i, "Title", i < 5 ? "directed by somebody" : "", List.of()));
    }
    assertEquals(List.of(), new FactorWords(IDS, FACTORS, some).of(0, 5));
  }

  @Test
  void of_aFactorWithoutWeight_andItemsWithoutText_haveNone() {
    assertTrue(new FactorWords(IDS, FACTORS, CATALOGUE).of(2, 5).isEmpty());
    assertTrue(new FactorWords(IDS, FACTORS, List.of()).of(0, 5).isEmpty());
  }
}
