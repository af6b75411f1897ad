package org.neuralrescore.trainer.model;

import java.util.Arrays;

/**
 * Which items of a history make the recent vector r, and what each weighs: the newest {@code count}
 * of those that have factors, the newest with 1, the one before with {@code decay}, and so on. By
 * position and not by time: the history of a search has an order and no clock, and training must
 * learn from what serving can know. A user encoder makes r of them as it makes the user vector u of
 * the whole history.
 *
 * @param count N, 1 to {@value #MAX_COUNT}
 * @param decay what an item weighs of the one behind it, above 0 and at most 1
 */
public record RecentItems(int count, float decay) {
  /** The most items: what is further back is a taste and not a moment. */
  public static final int MAX_COUNT = 100;

  /** The decay where none is asked for. */
  public static final float DECAY = 0.8f;

  public RecentItems {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "recent items expect a count of 1 to " + MAX_COUNT + ", got " + count);
    }
    if (!(decay > 0) || !(decay <= 1)) {
      throw new IllegalArgumentException(
          "recent items expect a decay above 0 and at most 1, got " + decay);
    }
    if (weight(count - 1, decay) < Float.MIN_NORMAL) {
      throw new IllegalArgumentException(
          "of "
              + count
              + " recent items with a decay of "
              + decay
              + " the oldest would weigh nothing: take fewer, or a decay nearer to 1");
    }
  }

  /** With the default decay. */
  public static RecentItems of(int count) {
    return new RecentItems(count, DECAY);
  }

  /**
   * The weights of some items, oldest first.
   *
   * @param n at most {@code count}
   * @return [n], positive, the last 1, new
   */
  public float[] weights(int n) {
    if (n > count) {
      throw new IllegalArgumentException("of " + n + " items at most " + count + " are recent");
    }
    float[] weights = new float[n];
    // By multiplication, of which every machine makes the same bits: pow may differ in the last.
    double weight = 1;
    for (int i = n - 1; i >= 0; i--) {
      weights[i] = (float) weight;
      weight *= decay;
    }
    return weights;
  }

  /**
   * Encodes the newest of some items.
   *
   * @param items row-major [n x rank], oldest first, none of them zeros
   * @return [rank], zeros where there is no item, new
   */
  public float[] encode(FoldIn foldIn, float[] items) {
    int rank = foldIn.rank();
    int n = Math.min(count, items.length / rank);
    return n == 0
        ? new float[rank]
        : foldIn.encode(
            Arrays.copyOfRange(items, items.length - n * rank, items.length), weights(n));
  }

  private static float weight(int back, float decay) {
    double weight = 1;
    for (int i = 0; i < back; i++) {
      weight *= decay;
    }
    return (float) weight;
  }
}
