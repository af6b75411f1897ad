// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import org.neuralrescore.trainer.model.ItemHistories;
import org.neuralrescore.trainer.model.ItemHistory;
import org.neuralrescore.trainer.model.ItemNeighbours;

/**
 * For each row a list of items with weights, in three files of a bundle: where each list begins,
 * its items, its weights. A list is in the heap once it is asked for.
 */
public final class StoredLists {
  private final NpyFile offsets;
  private final NpyFile items;
  private final NpyFile weights;

  private StoredLists(NpyFile offsets, NpyFile items, NpyFile weights) {
    this.offsets = offsets;
    this.items = items;
    this.weights = weights;
    int pairs = items.rows();
    if (size() < 0 || offsets.intAt(0) != 0 || offsets.intAt(size()) != pairs) {
      throw new IllegalArgumentException("lists expect offsets from 0 to " + pairs);
    }
    if (weights.rows() != pairs) {
      throw new IllegalArgumentException(
          "lists expect " + pairs + " weights, got " + weights.rows());
    }
    for (int row = 0; row < size(); row++) {
      if (offsets.intAt(row + 1) < offsets.intAt(row) || offsets.intAt(row + 1) > pairs) {
        throw new IllegalArgumentException("offsets fall behind row " + row);
      }
    }
  }

  /**
   * What speaks for each item.
   *
   * @throws IllegalArgumentException where the files break a rule of {@link ItemNeighbours}
   */
  static StoredLists neighbours(NpyFile offsets, NpyFile items, NpyFile weights) {
    StoredLists lists = new StoredLists(offsets, items, weights);
    for (int row = 0; row < lists.size(); row++) {
      ItemNeighbours.requireRow(row, lists.size(), lists.items(row), lists.weights(row));
    }
    return lists;
  }

  /**
   * What each user touched.
   *
   * @throws IllegalArgumentException where the files break a rule of {@link ItemHistory}
   */
  static StoredLists histories(NpyFile offsets, NpyFile items, NpyFile weights) {
    StoredLists lists = new StoredLists(offsets, items, weights);
    for (int row = 0; row < lists.size(); row++) {
      var unused = new ItemHistory(lists.items(row), lists.weights(row));
    }
    return lists;
  }

  /** The number of lists. */
  public int size() {
    return offsets.rows() - 1;
  }

  /** The items of a list, new. */
  public int[] items(int row) {
    return ints(items, offsets.intAt(row), offsets.intAt(row + 1));
  }

  /** The weights of a list, as many, new. */
  public float[] weights(int row) {
    return floats(weights, offsets.intAt(row), offsets.intAt(row + 1));
  }

  ItemNeighbours loadNeighbours() {
    return new ItemNeighbours(all(offsets), all(items), floats(weights, 0, weights.rows()));
  }

  ItemHistories loadHistories() {
    return new ItemHistories(all(offsets), all(items), floats(weights, 0, weights.rows()));
  }

  private static int[] all(NpyFile file) {
    return ints(file, 0, file.rows());
  }

  private static int[] ints(NpyFile file, int from, int to) {
    int[] values = new int[to - from];
    for (int i = from; i < to; i++) {
      values[i - from] = file.intAt(i);
    }
    return values;
  }

  private static float[] floats(NpyFile file, int from, int to) {
    float[] values = new float[to - from];
    for (int i = from; i < to; i++) {
      values[i - from] = file.floatAt(i);
    }
    return values;
  }
}
