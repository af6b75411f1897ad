// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecentItemsTest {
  /** Sums, so that what was encoded can be read off. */
  private static final FoldIn SUM = new NeighbourFoldIn(2);

  @Test
  void weights_fallFromTheNewestBackwards() {
    RecentItems three = new RecentItems(3, 0.5f);
    assertArrayEquals(new float[] {0.25f, 0.5f, 1f}, three.weights(3));
    assertArrayEquals(new float[] {0.5f, 1f}, three.weights(2));
    assertEquals(0, three.weights(0).length);
    assertThrows(IllegalArgumentException.class, () -> three.weights(4));
    assertArrayEquals(new float[] {1f, 1f}, new RecentItems(2, 1f).weights(2));
  }

  @Test
  void encode_takesTheNewest_andZerosWhereThereIsNothing() {
    RecentItems two = new RecentItems(2, 0.5f);
    float[] items = {9f, 100f, 9f, 10f, 9f, 1f};
    assertArrayEquals(new float[] {6f, 0f}, two.encode(SUM, items));
    assertArrayEquals(new float[] {10f, 0f}, two.encode(SUM, new float[] {9f, 10f}));
    assertArrayEquals(new float[2], two.encode(SUM, new float[0]));
  }

  @Test
  void construct_beyondTheBounds_isRefused() {
    for (int count : new int[] {-1, 0, 101, Integer.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> RecentItems.of(count));
    }
    for (float decay : new float[] {0f, -0.5f, 1.01f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new RecentItems(5, decay));
    }
    assertEquals(100, RecentItems.of(100).weights(100).length);
    String message =
        assertThrows(IllegalArgumentException.class, () -> new RecentItems(100, 0.1f)).getMessage();
    assertTrue(message.contains("leaves the oldest of 100 items some weight"), message);
  }
}
