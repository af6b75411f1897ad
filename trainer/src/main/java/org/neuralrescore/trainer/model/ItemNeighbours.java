// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * For every item the few items that speak for it, or against it, with weights: having touched item
 * {@code items()[p]} says {@code weights()[p]} of item {@code j}, for {@code p} from {@code
 * start(j)} to {@code end(j) - 1}. Compressed rows of primitive arrays, which readers must not
 * write.
 */
public final class ItemNeighbours {
  private final int[] offsets;
  private final int[] items;
  private final float[] weights;

  /**
   * Takes the arrays as they are.
   *
   * @param offsets [items + 1], rising from 0
   * @param items rows of items, rising within each row and never the row's own
   * @param weights finite and not 0, as many
   */
  public ItemNeighbours(int[] offsets, int[] items, float[] weights) {
    int count = offsets.length - 1;
    if (count < 0 || offsets[0] != 0 || offsets[count] != items.length) {
      throw new IllegalArgumentException(
          "item neighbours expect offsets from 0 to " + items.length);
    }
    if (weights.length != items.length) {
      throw new IllegalArgumentException(
          "item neighbours expect " + items.length + " weights, got " + weights.length);
    }
    for (int j = 0; j < count; j++) {
      if (offsets[j + 1] < offsets[j] || offsets[j + 1] > items.length) {
        throw new IllegalArgumentException("item neighbours' offsets fall behind row " + j);
      }
      requireRow(j, count, items, weights, offsets[j], offsets[j + 1]);
    }
    this.offsets = offsets;
    this.items = items;
    this.weights = weights;
  }

  /**
   * The rules of the neighbours of one item.
   *
   * @param count how many items there are
   * @throws IllegalArgumentException where one is broken
   */
  public static void requireRow(int j, int count, int[] items, float[] weights) {
    requireRow(j, count, items, weights, 0, items.length);
  }

  private static void requireRow(int j, int count, int[] items, float[] weights, int from, int to) {
    int before = -1;
    for (int p = from; p < to; p++) {
      if (items[p] <= before || items[p] >= count || items[p] == j) {
        throw new IllegalArgumentException(
            "neighbours of item " + j + " expect other rows, rising, got " + items[p]);
      }
      if (!Float.isFinite(weights[p]) || weights[p] == 0f) {
        throw new IllegalArgumentException(
            "neighbour " + items[p] + " of item " + j + " has the weight " + weights[p]);
      }
      before = items[p];
    }
  }

  /** Items, those of which nothing speaks included. */
  public int itemCount() {
    return offsets.length - 1;
  }

  /** Pairs. */
  public int size() {
    return items.length;
  }

  /** The first pair of an item. */
  public int start(int item) {
    return offsets[item];
  }

  /** Behind the last pair of an item. */
  public int end(int item) {
    return offsets[item + 1];
  }

  /** [items + 1], not a copy. */
  public int[] offsets() {
    return offsets;
  }

  /** Who speaks, [pairs], not a copy. */
  public int[] items() {
    return items;
  }

  /** What it says, [pairs], not a copy. */
  public float[] weights() {
    return weights;
  }

  /** The same pairs by who speaks: row i has whom item i speaks for. New. */
  public ItemNeighbours bySpeaker() {
    int[] starts = new int[offsets.length];
    for (int item : items) {
      starts[item + 1]++;
    }
    for (int i = 0; i < itemCount(); i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] spokenFor = new int[items.length];
    float[] says = new float[items.length];
    for (int j = 0; j < itemCount(); j++) {
      for (int p = offsets[j]; p < offsets[j + 1]; p++) {
        int to = next[items[p]]++;
        spokenFor[to] = j;
        says[to] = weights[p];
      }
    }
    return new ItemNeighbours(starts, spokenFor, says);
  }
}
