// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/**
 * Which items of a history make a recent vector, and what each weighs: the newest {@code count},
 * the newest with 1, the one before with {@code decay}, and so on by their order.
 *
 * @param count items at most, 1 to {@value #MAX_COUNT}
 * @param decay what an item weighs of the one behind it, above 0 and at most 1
 */
public record RecentWeights(int count, float decay) {
  /** The most items: what is further back is a taste and not a moment. */
  public static final int MAX_COUNT = 100;

  public RecentWeights {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count expects 1 to " + MAX_COUNT + ", got " + count);
    }
    if (!(decay > 0) || !(decay <= 1)) {
      throw new IllegalArgumentException(
          "decay expects a number above 0 and at most 1, got " + decay);
    }
    // A weight of zero is none that an encoder takes.
    if (weights(count, decay)[0] < Float.MIN_NORMAL) {
      throw new IllegalArgumentException(
          "decay expects one that leaves the oldest of "
              + count
              + " items some weight, got "
              + decay
              + ": take fewer items, or a decay nearer to 1");
    }
  }

  /**
   * The weights of some items, oldest first.
   *
   * @param n at most {@code count}
   * @return [n], positive, the last 1, new
   */
  public float[] of(int n) {
    if (n > count) {
      throw new IllegalArgumentException("of " + n + " items at most " + count + " are recent");
    }
    return weights(n, decay);
  }

  /** By multiplication, of which every machine makes the same bits: pow may differ in the last. */
  private static float[] weights(int n, float decay) {
    float[] weights = new float[n];
    double weight = 1;
    for (int i = n - 1; i >= 0; i--) {
      weights[i] = (float) weight;
      weight *= decay;
    }
    return weights;
  }
}
