package org.neuralrescore.trainer.factors.session;

/** What is known of a person when items are asked for. Holds its arrays without copying. */
final class ShownItems {
  private final int[] items;
  private final float[] weights;

  /**
   * @param items at least 1
   * @param weights of the items, as the user vector sums them; positive
   */
  ShownItems(int[] items, float[] weights) {
    this.items = items;
    this.weights = weights;
  }

  int[] items() {
    return items;
  }

  float[] weights() {
    return weights;
  }
}
