// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/**
 * Where recent vectors come from: a user's own field, or the newest items of a history through the
 * user encoder.
 *
 * @param field the {@code dense_vector} of a user's document
 * @param fallback the manifest's {@code default}: what stands where nothing recent is known
 * @param items which items of a history count, and what each weighs
 */
public record RecentSource(String field, FloatVector fallback, RecentWeights items) {
  /** Items of a history at most. */
  public int count() {
    return items.count();
  }

  /**
   * The weights of some items, oldest first.
   *
   * @param n at most {@link #count}
   * @return [n], positive, the last 1
   */
  public FloatVector weights(int n) {
    return FloatVector.of(items.of(n));
  }
}
