// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
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

  private static double[][] square(Squares squares, int target, Neighbourhood of) {
    double[][] gram = new double[of.size()][of.size()];
    squares.addTo(target, of, gram);
    return gram;
  }

  private static Neighbourhood around(int... items) {
    return new Neighbourhood(items, new double[items.length]);
  }

  /**
   * @param moments makes new ones each time: threads share none
   */
  private static void assertSame(Supplier<PairMoments> moments) {
    Neighbourhood[] some = {around(CHOSEN), around(), around(4), around(1, 3, 19), around(CHOSEN)};
    int first = 7;
    PairSquares squares;
    try (Workers workers = new Workers(2)) {
      squares = PairSquares.of(first, some, 20, new ScratchPool<>(moments), workers);
    }
    for (int i = 0; i < some.length; i++) {
      double[][] expected = square(moments.get(), first + i, some[i]);
      double[][] found = square(squares, first + i, some[i]);
      for (int a = 0; a < some[i].size(); a++) {
        for (int b = a + 1; b < some[i].size(); b++) {
          assertTrue(expected[a][b] > 0);
          assertEquals(expected[a][b], found[a][b], 1e-6 * expected[a][b], a + ", " + b);
        }
      }
    }
  }

  @Test
  void sumsAreThoseOfNeighbourhoodsByThemselves() {
    Histories histories = histories();
    NextMoments.Prefixes prefixes =
        new NextMoments.Prefixes(histories, new HistoryWeighting(0.2, 3));
    assertSame(() -> new NextMoments(prefixes));
    TogetherMoments.Rows rows = new TogetherMoments.Rows(histories.toMatrix(), true);
    assertSame(() -> new TogetherMoments(rows));
  }

  @Test
  void aBlock_isOf320Megabytes() {
    assertEquals(80_000_000 / 4_950, PairSquares.inABlock(100));
    assertEquals(80_000_000, PairSquares.inABlock(1));
    assertTrue(PairSquares.inABlock(2_000) >= 1);
  }
}
