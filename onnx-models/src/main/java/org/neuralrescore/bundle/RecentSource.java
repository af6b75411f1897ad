package org.neuralrescore.bundle;

/**
 * Where recent vectors come from: a user's own field, or the newest items of a history through the
 * user encoder, the newest weighing 1, the one before {@code decay}, and so on by their order.
 *
 * @param field the {@code dense_vector} of a user's document
 * @param fallback what stands where nothing recent is known
 * @param count items of a history at most, 1 to {@value #MAX_COUNT}
 * @param decay what an item weighs of the one behind it, above 0 and at most 1
 */
public record RecentSource(String field, FloatVector fallback, int count, float decay) {
  /** The most items. */
  public static final int MAX_COUNT = 100;

  public RecentSource {
    if (count < 1 || count > MAX_COUNT) {
      throw new InvalidBundleException(
          "manifest.json users.recent.count expects 1 to " + MAX_COUNT + ", got " + count);
    }
    if (!(decay > 0) || !(decay <= 1)) {
      throw new InvalidBundleException(
          "manifest.json users.recent.decay expects a number above 0 and at most 1, got " + decay);
    }
    // A weight of zero is none that an encoder takes.
    if (weights(count, decay)[0] < Float.MIN_NORMAL) {
      throw new InvalidBundleException(
          "manifest.json users.recent expects a decay that leaves the oldest of its "
              + count
              + " items some weight, got "
              + decay);
    }
  }

  /**
   * The weights of some items, oldest first.
   *
   * @param n at most {@code count}
   * @return [n], positive, the last 1
   */
  public FloatVector weights(int n) {
    return FloatVector.of(weights(n, decay));
  }

  /** Multiplied out as the trainer does it: the same bits. */
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
