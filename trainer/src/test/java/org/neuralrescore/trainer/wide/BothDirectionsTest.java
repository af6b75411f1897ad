// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.model.ItemNeighbours;

class BothDirectionsTest {
  private static ItemNeighbours rows(int[] offsets, int[] items, float... weights) {
    return new ItemNeighbours(offsets, items, weights);
  }

  @Test
  void sum_addsBothRows_withMoreWeightForWhatComesNext() {
    ItemNeighbours together = rows(new int[] {0, 2, 2, 3}, new int[] {1, 2, 0}, 1f, 2f, 4f);
    ItemNeighbours next = rows(new int[] {0, 1, 1, 2}, new int[] {2, 1}, 0.25f, -0.5f);
    ItemNeighbours sum = BothDirections.sum(together, next, 50);
    assertArrayEquals(new int[] {1, 2, 0, 1}, sum.items());
    assertArrayEquals(new float[] {1f, 6f, 4f, -8f}, sum.weights());
    assertEquals(sum.start(1), sum.end(1));
  }

  @Test
  void sum_keepsTheStrongest_forAndAgainst_andNothingThatCancels() {
    ItemNeighbours together = rows(new int[] {0, 3, 3, 3, 3}, new int[] {1, 2, 3}, 1f, 2f, 3f);
    ItemNeighbours next = rows(new int[] {0, 2, 2, 2, 2}, new int[] {1, 2}, -0.5f, -0.125f);
    ItemNeighbours sum = BothDirections.sum(together, next, 1);
    assertArrayEquals(new int[] {1}, sum.items());
    assertArrayEquals(new float[] {-7f}, sum.weights());
    assertArrayEquals(new int[] {1, 3}, BothDirections.sum(together, next, 3).items());
  }
}
