// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

/** The items that an item is regressed on. */
final class Neighbourhood {
  private final int[] items;
  private final double[] sums;

  /**
   * @param items rising; not copied
   * @param sums what the item has to do with each, the right side of its regression; not copied
   */
  Neighbourhood(int[] items, double[] sums) {
    this.items = items;
    this.sums = sums;
  }

  int size() {
    return items.length;
  }

  /** Rising, not a copy. */
  int[] items() {
    return items;
  }

  /** What the item has to do with each, not a copy. */
  double[] sums() {
    return sums;
  }
}
