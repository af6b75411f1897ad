// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.planted.PlantedLines;

class PairSquaresTest {
  private static final int[] CHOSEN = {0, 3, 4, 7, 11, 19};

  private static Histories histories() {
    SplittableRandom random = new SplittableRandom(4);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int i = 0; i < 20; i++) {
      lines.add("all,i" + i + ",5," + (1_000_000_000L + 86_400L * (i / 3)));
    }
    for (int u = 0; u < 40; u++) {
      for (int item : random.ints(0, 20).distinct().limit(7).toArray()) {
        lines.add("u" + u + ",i" + item + ",5," + (1_000_000_000L + 86_400L * random.nextInt(9)));
      }
    }
    return PlantedLines.read(lines).histories();
  }

  private static double[][] square(PairMoments moments) {
    double[][] gram = new double[CHOSEN.length][CHOSEN.length];
    moments.square(CHOSEN, CHOSEN.length, gram);
    return gram;
  }

  /**
   * @param moments makes new ones each time: threads share none
   */
  private static void assertSame(Histories histories, Supplier<PairMoments> moments) {
    double[][] expected = square(moments.get());
    double[][] found = new double[CHOSEN.length][CHOSEN.length];
    try (Workers workers = new Workers(2)) {
      PairSquares squares =
          PairSquares.of(histories, moments, Double.MAX_VALUE, workers).orElseThrow();
      squares.addTo(CHOSEN, CHOSEN.length, found);
      assertEquals(Optional.empty(), PairSquares.of(histories, moments, 1, workers));
    }
    for (int a = 0; a < CHOSEN.length; a++) {
      for (int b = a + 1; b < CHOSEN.length; b++) {
        assertTrue(expected[a][b] > 0);
        assertEquals(expected[a][b], found[a][b], 1e-6 * expected[a][b], a + ", " + b);
      }
    }
  }

  @Test
  void sumsAreThoseOfNeighbourhoodsByThemselves() {
    Histories histories = histories();
    NextMoments.Prefixes prefixes =
        new NextMoments.Prefixes(histories, new HistoryWeighting(0.2, 3));
    assertSame(histories, () -> new NextMoments(prefixes));
    TogetherMoments.Rows rows = new TogetherMoments.Rows(histories.toMatrix());
    assertSame(histories, () -> new TogetherMoments(rows));
  }

  @Test
  void mostPairs_isNoLessThanThereAre() {
    Histories histories = histories();
    assertTrue(PairSquares.mostPairs(histories) >= 20 * 19 / 2);
    assertTrue(PairSquares.mostPairs(histories) <= 20 * 20 / 2);
  }
}
