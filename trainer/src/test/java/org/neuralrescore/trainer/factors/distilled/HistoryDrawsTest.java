// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.session.Baskets;
import org.neuralrescore.trainer.factors.softmax.ShownItems;

class HistoryDrawsTest {
  private static final int DRAWS = 20_000;

  private static final Histories HISTORIES =
      Baskets.of("u,a,1,1", "v,b,1,1", "v,c,1,2", "v,d,1,3", "v,e,1,4");

  private static HistoryDraws draws(HistoryWeighting weighting) {
    return new HistoryDraws(HISTORIES, weighting, 3);
  }

  @Test
  void draw_takesUsersByTheRootOfTheirHistory_andAnyBeginningOfIt() {
    HistoryDraws draws = draws(HistoryWeighting.uniform());
    int[] lengths = new int[5];
    int ofU = 0;
    for (int number = 0; number < DRAWS; number++) {
      ShownItems shown = draws.draw(number);
      if (shown.items()[0] == HISTORIES.item(0)) {
        ofU++;
      } else {
        lengths[shown.items().length]++;
        for (int i = 0; i < shown.items().length; i++) {
          assertEquals(HISTORIES.item(1 + i), shown.items()[i]);
        }
      }
    }
    assertEquals(1 / 3.0, ofU / (double) DRAWS, 0.015);
    double ofV = DRAWS - ofU;
    for (int length = 1; length <= 3; length++) {
      assertEquals(0.7 / 4, lengths[length] / ofV, 0.015, "length " + length);
    }
    assertEquals(0.3 + 0.7 / 4, lengths[4] / ofV, 0.015, "all of it");
  }

  /** Whether a draw is a whole history says nothing of whose the next one is. */
  @Test
  void draw_ofNeighbouringNumbers_areIndependent() {
    Histories many =
        Baskets.of(
            IntStream.range(0, 1000)
                .mapToObj(i -> "u" + (100 + i / 10) + ",i" + (1000 + i) + ",1," + (1 + i))
                .toArray(String[]::new));
    HistoryDraws draws = new HistoryDraws(many, HistoryWeighting.uniform(), 3);
    int firstAfterWhole = 0;
    int wholes = 0;
    boolean whole = false;
    for (int number = 0; number < DRAWS; number++) {
      ShownItems shown = draws.draw(number);
      if (whole) {
        wholes++;
        firstAfterWhole += shown.items()[0] < many.start(30) ? 1 : 0;
      }
      whole = shown.items().length == 10;
    }
    assertEquals(0.3, firstAfterWhole / (double) wholes, 0.03, wholes + " whole histories");
  }

  @Test
  void draw_weighsByTheAgeAtTheLastThingShown() {
    HistoryWeighting weighting = new HistoryWeighting(0.1, 2);
    int two = 0;
    for (int number = 0; number < 100; number++) {
      ShownItems shown = draws(weighting).draw(number);
      int last = shown.weights().length - 1;
      assertEquals(1f, shown.weights()[last]);
      two += last == 1 ? 1 : 0;
      if (last > 0) {
        assertArrayEquals(weighting.weights(HISTORIES, 1, 1 + last + 1), shown.weights());
      }
    }
    assertTrue(two > 0, "some stop after two");
  }
}
