// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

class FactorMatchingTest {
  private static final Ids OLD = new Ids(List.of("a", "b", "c", "gone"));
  private static final FactorMatrix OLD_ITEMS =
      new FactorMatrix(4, 3, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 9, 9, 9});

  @Test
  void of_permutedAndRescaledFactors_findsThePermutation() {
    // New rows in another order, factors rotated, each with a scale of its own; "new" is unknown.
    Ids ids = new Ids(List.of("c", "new", "a", "b"));
    FactorMatrix items =
        new FactorMatrix(4, 3, new float[] {5, 0, 0, 7, 7, 7, 0, .2f, 0, .1f, 0, 3});
    FactorMatching matching = FactorMatching.of(OLD, OLD_ITEMS, ids, items);
    assertEquals(List.of(1, 2, 0), matching.newOf());
    assertEquals(3, matching.commonItems());
    assertEquals(1.0, matching.cosines().get(0), 1e-6);
    assertEquals(1.0, matching.cosines().get(1), 1e-6);
    assertEquals(5 / Math.hypot(5, .1), matching.cosines().get(2), 1e-6);
    assertFalse(matching.isIdentity());
    assertArrayEquals(
        new double[] {0, 0, 5, 7, 7, 7, .2, 0, 0, 0, 3, .1},
        matching.reorder(new double[] {5, 0, 0, 7, 7, 7, 0, .2, 0, .1, 0, 3}));
  }

  @Test
  void of_itself_isTheIdentity() {
    assertTrue(FactorMatching.of(OLD, OLD_ITEMS, OLD, OLD_ITEMS).isIdentity());
  }

  @Test
  void of_noCommonItem_keepsTheOrderAndSaysSo() {
    FactorMatching matching =
        FactorMatching.of(OLD, OLD_ITEMS, new Ids(List.of("w", "x", "y", "z")), OLD_ITEMS);
    assertEquals(0, matching.commonItems());
    assertTrue(matching.isIdentity());
    assertEquals(List.of(0.0, 0.0, 0.0), matching.cosines());
  }

  @Test
  void of_otherRank_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> FactorMatching.of(OLD, OLD_ITEMS, OLD, new FactorMatrix(4, 1, new float[4])));
  }
}
