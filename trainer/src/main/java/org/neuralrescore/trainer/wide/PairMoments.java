// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import org.neuralrescore.trainer.base.math.TouchedCounts;

/**
 * Sums over pairs of items, computed where they are asked for and never all at once: what an item
 * has to do with all others, and the square of a few items. One instance a thread.
 */
abstract class PairMoments implements Squares {
  private final double[] sums;
  private final TouchedCounts users;

  PairMoments(int items) {
    sums = new double[items];
    users = new TouchedCounts(items);
  }

  /** What is known of each item by itself, [items], not a copy. */
  abstract double[] mass();

  /** What is known of an item that is regressed on others. */
  abstract double target(int item);

  /** How many rows the sums are over. */
  abstract long rows();

  /** In how many rows an item is regressed on others. */
  abstract int targets(int item);

  /** In how many rows an item is among what is regressed on. */
  abstract int holding(int item);

  /** Calls {@link #add} for everything that the target has to do with other items. */
  abstract void addAll(int target);

  /** How many steps {@link #addTo} would take, about. */
  abstract long steps(int[] items);

  /** Calls {@link #add} for the sums over pairs of an item and a later one. */
  abstract void addSquares(int item);

  /** Reads the sums over an item's pairs with later items, in the place of a target. */
  final void readSquares(int item) {
    clear();
    addSquares(item);
  }

  /** Reads a target; until the next call {@link #sum} and {@link #touched} are of it. */
  final void read(int target) {
    clear();
    addAll(target);
  }

  private void clear() {
    for (int i = 0; i < users.size(); i++) {
      sums[users.key(i)] = 0;
    }
    users.clear();
  }

  /** Adds what the target has to do with an item, once a user. */
  final void add(int item, double value) {
    users.add(item);
    sums[item] += value;
  }

  /** What the target has to do with an item. */
  final double sum(int item) {
    return sums[item];
  }

  /** In how many rows of the target an item is: how many users touched both. */
  final int users(int item) {
    return users.of(item);
  }

  /** How many items the target has to do with. */
  final int count() {
    return users.size();
  }

  /** Those items, in no order. */
  final int touched(int index) {
    return users.key(index);
  }
}
