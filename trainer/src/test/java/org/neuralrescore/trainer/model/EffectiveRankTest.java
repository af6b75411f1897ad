// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EffectiveRankTest {
  @Test
  void of_parallelRowsOfAnyLength_isOne_andACollapse() {
    float[] values = new float[100 * 8];
    for (int i = 0; i < values.length; i++) {
      int row = i / 8;
      values[i] = 1f + row;
    }
    EffectiveRank rank = EffectiveRank.of(new FactorMatrix(100, 8, values));
    assertEquals(1, rank.value(), 1e-5);
    assertTrue(rank.collapsed());
  }

  @Test
  void of_rowsThatUseEveryFactorAlike_isTheirNumber() {
    float[] values = new float[80 * 8];
    for (int r = 0; r < 80; r++) {
      values[r * 8 + r % 8] = 1f + r;
    }
    EffectiveRank rank = EffectiveRank.of(new FactorMatrix(80, 8, values));
    assertEquals(8, rank.value(), 1e-9);
    assertFalse(rank.collapsed());
  }

  @Test
  void of_positiveRandomFactors_isNoCollapse() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[500 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    assertFalse(EffectiveRank.of(new FactorMatrix(500, 64, values)).collapsed());
  }

  @Test
  void of_zeros_isOne_andRankOneIsNeverACollapse() {
    assertEquals(1, EffectiveRank.of(new FactorMatrix(4, 3, new float[12])).value());
    assertFalse(EffectiveRank.of(new FactorMatrix(2, 1, new float[] {1, 2})).collapsed());
  }
}
