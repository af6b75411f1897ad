// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.Arrays;
import java.util.List;

/** The {@link ItemHistory} of every user, in compressed rows. */
public final class ItemHistories {
  private final int[] offsets;
  private final int[] items;
  private final float[] weights;

  /**
   * Takes the arrays as they are.
   *
   * @param offsets [users + 1], rising from 0
   * @param items rows of items, rising within each user's
   * @param weights finite and above 0, as many
   */
  public ItemHistories(int[] offsets, int[] items, float[] weights) {
    this.offsets = offsets;
    this.items = items;
    this.weights = weights;
    for (int user = 0; user < size(); user++) {
      if (offsets[user] > offsets[user + 1] || offsets[user + 1] > items.length) {
        throw new IllegalArgumentException("item histories' offsets fall behind row " + user);
      }
      of(user);
    }
    if (offsets[0] != 0 || offsets[size()] != items.length || items.length != weights.length) {
      throw new IllegalArgumentException(
          "item histories expect offsets from 0 to "
              + items.length
              + " and as many weights, got "
              + weights.length);
    }
  }

  /** Of these, in their order. */
  public static ItemHistories of(List<ItemHistory> histories) {
    int[] offsets = new int[histories.size() + 1];
    for (int user = 0; user < histories.size(); user++) {
      offsets[user + 1] = Math.addExact(offsets[user], histories.get(user).size());
    }
    int[] items = new int[offsets[histories.size()]];
    float[] weights = new float[items.length];
    for (int user = 0; user < histories.size(); user++) {
      for (int i = 0; i < histories.get(user).size(); i++) {
        items[offsets[user] + i] = histories.get(user).item(i);
        weights[offsets[user] + i] = histories.get(user).weight(i);
      }
    }
    return new ItemHistories(offsets, items, weights);
  }

  /** Nobody's. */
  public static ItemHistories none() {
    return new ItemHistories(new int[1], new int[0], new float[0]);
  }

  /** Users. */
  public int size() {
    return offsets.length - 1;
  }

  /** A user's, new. */
  public ItemHistory of(int user) {
    return new ItemHistory(
        Arrays.copyOfRange(items, offsets[user], offsets[user + 1]),
        Arrays.copyOfRange(weights, offsets[user], offsets[user + 1]));
  }

  /** [users + 1], not a copy. */
  public int[] offsets() {
    return offsets;
  }

  /** Not a copy. */
  public int[] items() {
    return items;
  }

  /** Not a copy. */
  public float[] weights() {
    return weights;
  }
}
