// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.Arrays;
import org.neuralrescore.bundle.RecentWeights;

/**
 * Which items of a history make the recent vector r, and what each weighs. By position and not by
 * time: the history of a search has an order and no clock, and training must learn from what
 * serving can know. A user encoder makes r of them as it makes the user vector u of the whole
 * history.
 *
 * @param count N, 1 to {@value #MAX_COUNT}: the newest of those that have factors
 * @param decay what an item weighs of the one behind it, above 0 and at most 1
 */
public record RecentItems(int count, float decay) {
  /** The most items. */
  public static final int MAX_COUNT = RecentWeights.MAX_COUNT;

  /** The decay where none is asked for. */
  public static final float DECAY = 0.8f;

  public RecentItems {
    try {
      new RecentWeights(count, decay);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("recent items: " + e.getMessage(), e);
    }
  }

  /** With the default decay. */
  public static RecentItems of(int count) {
    return new RecentItems(count, DECAY);
  }

  /** As a bundle has them. */
  public RecentWeights weights() {
    return new RecentWeights(count, decay);
  }

  /**
   * The weights of some items, oldest first.
   *
   * @param n at most {@code count}
   * @return [n], positive, the last 1, new
   */
  public float[] weights(int n) {
    return weights().of(n);
  }

  /**
   * Encodes the newest of some items.
   *
   * @param items row-major [n x rank], oldest first, none of them zeros
   * @return [rank], zeros where there is no item, new
   */
  public float[] encode(FoldIn foldIn, float[] items) {
    int rank = foldIn.rank();
    int n = Math.min(count, items.length / rank);
    return n == 0
        ? new float[rank]
        : foldIn.encode(
            Arrays.copyOfRange(items, items.length - n * rank, items.length), weights(n));
  }
}
