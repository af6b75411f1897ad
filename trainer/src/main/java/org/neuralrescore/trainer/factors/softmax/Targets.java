// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

/**
 * What a softmax over all items is held against: a distribution for each row of a batch. Blocks of
 * items come from several threads at once, each block from one.
 */
public interface Targets {
  /** The logit of an item that is not asked about: its share of the softmax is 0. */
  float LEFT_OUT = -1e30f;

  /** What a row weighs in the batch's loss. */
  double weight(int row);

  /**
   * Sees the logits of a block, and may leave items out by {@link #LEFT_OUT}.
   *
   * @param from the block's first item
   * @param width the block's items
   */
  void see(int row, int from, int width, float[] logits);

  /** A row's loss times its weight, once it has seen all blocks. */
  double loss(int row, double logSum);

  /**
   * {@code slopes[j] -= weight target[from + j] / total}.
   *
   * @param total of the weights of all rows
   */
  void subtract(int row, int from, int width, double total, float[] slopes);
}
