// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

/** What is known of a person when items are asked for. Holds its arrays without copying. */
public final class ShownItems {
  private final int[] items;
  private final float[] weights;

  /**
   * @param items at least 1
   * @param weights of the items, as the user vector sums them; positive
   */
  public ShownItems(int[] items, float[] weights) {
    this.items = items;
    this.weights = weights;
  }

  public int[] items() {
    return items;
  }

  public float[] weights() {
    return weights;
  }
}
