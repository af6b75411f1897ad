// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * Some items that a user touched with what each weighs: the user's side of {@link ItemNeighbours}.
 */
public final class ItemHistory {
  private final int[] items;
  private final float[] weights;

  /**
   * Takes the arrays as they are.
   *
   * @param items rows of items, rising
   * @param weights finite and above 0, as many
   */
  public ItemHistory(int[] items, float[] weights) {
    if (items.length != weights.length) {
      throw new IllegalArgumentException(
          "item history expects " + items.length + " weights, got " + weights.length);
    }
    for (int i = 0; i < items.length; i++) {
      if (items[i] <= (i == 0 ? -1 : items[i - 1])) {
        throw new IllegalArgumentException(
            "item history expects rising rows of items, got " + items[i]);
      }
      if (!(weights[i] > 0) || Float.isInfinite(weights[i])) {
        throw new IllegalArgumentException(
            "item " + items[i] + " of a history has the weight " + weights[i]);
      }
    }
    this.items = items;
    this.weights = weights;
  }

  /** Of nothing. */
  public static ItemHistory none() {
    return new ItemHistory(new int[0], new float[0]);
  }

  /** How many items. */
  public int size() {
    return items.length;
  }

  /** The item at a place. */
  public int item(int place) {
    return items[place];
  }

  /** What it weighs. */
  public float weight(int place) {
    return weights[place];
  }
}
