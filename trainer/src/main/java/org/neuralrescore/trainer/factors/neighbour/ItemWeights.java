// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** How much having touched each item speaks for, or against, every other. */
public interface ItemWeights {

  /** The number of items. */
  int itemCount();

  /** Whether the item speaks, or is spoken of. */
  boolean knows(int item);

  /** Whether items speak against each other, too: some weights are below 0. */
  boolean signed();

  /**
   * What some items together say of all.
   *
   * @param items that were touched
   * @param weights one an item
   * @param sums [itemCount], overwritten; 0 for an item that nothing is known of
   */
  void sum(int[] items, float[] weights, float[] sums);

  /**
   * Weights that are 0 but for a few, none below 0.
   *
   * @param rows [items x items]: row i says what having touched item i speaks for; not copied
   */
  static ItemWeights of(SparseMatrix rows) {
    return new SparseItemWeights(rows);
  }
}
