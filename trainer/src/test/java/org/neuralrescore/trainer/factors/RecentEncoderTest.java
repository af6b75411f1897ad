// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.neuralrescore.trainer.model.RecentItems;

class RecentEncoderTest {
  /** Item i says 10^i, but item 2 has no factors. */
  private static final FactorMatrix ITEMS =
      new FactorMatrix(5, 2, new float[] {1, 1, 1, 10, 0, 0, 1, 1_000, 1, 10_000});

  /** The first user touched 0 to 4 in this order, the second 2 alone, the third nothing. */
  private static final Histories HISTORIES =
      Histories.ofRows(
          new SparseMatrix(
              5,
              new int[] {0, 5, 6, 6},
              new int[] {0, 1, 2, 3, 4, 2},
              new float[] {1, 1, 1, 1, 1, 1}));

  private static RecentEncoder newest(int count) {
    return new RecentEncoder(
        new HistoryEncoder(ITEMS, new NeighbourFoldIn(2), HistoryWeighting.uniform()),
        new RecentItems(count, 0.5f));
  }

  @Test
  void encode_seesWhatCameBeforeThePositionAndNothingElse() {
    assertEquals(0f, newest(2).encode(HISTORIES, 0, 0)[0]);
    assertEquals(1f, newest(2).encode(HISTORIES, 0, 1)[0]);
    assertEquals(10f + 0.5f, newest(2).encode(HISTORIES, 0, 2)[0]);
    assertEquals(10_000f + 500f, newest(2).encode(HISTORIES, 0, 5)[0]);
  }

  @Test
  void encode_doesNotCountItemsWithoutFactors() {
    assertEquals(10f + 0.5f, newest(2).encode(HISTORIES, 0, 3)[0]);
    assertEquals(1_000f + 5f, newest(2).encode(HISTORIES, 0, 4)[0]);
    assertArrayEquals(new float[2], newest(2).encode(HISTORIES, 1));
  }

  @Test
  void encodeAll_isARowAUser_zerosForWhoDidNothing() {
    try (Workers workers = new Workers(2)) {
      FactorMatrix all = newest(3).encodeAll(HISTORIES, workers);
      assertArrayEquals(new float[] {10_502.5f, 0, 0, 0, 0, 0}, all.values());
    }
  }
}
