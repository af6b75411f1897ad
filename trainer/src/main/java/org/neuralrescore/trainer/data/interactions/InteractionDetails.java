// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Arrays;

/**
 * When each interaction was, how it was rated and how many lines stand behind it: rows that all
 * {@link Histories} that were cut from one data set share. A column of one value takes no memory:
 * data without times, ratings or repeats is common. Immutable.
 */
final class InteractionDetails {
  private final int size;
  private final long[] times;
  private final float[] ratings;
  private final int[] counts;
  private final boolean[] again;
  private final float maxRating;

  /** Whether rows of one user stand in the order in which things happened. */
  private final boolean inOrder;

  /**
   * @param times epoch milliseconds; not copied, like the other arrays
   * @param ratings the kept rating, 1 where the data has none
   * @param counts how many lines were merged into this one, at least 1
   * @param again whether some of those lines are of an earlier moment
   */
  InteractionDetails(long[] times, float[] ratings, int[] counts, boolean[] again) {
    this.size = times.length;
    if (ratings.length != size || counts.length != size || again.length != size) {
      throw new IllegalArgumentException(
          "details expect as many of each as times, got "
              + ratings.length
              + " ratings, "
              + counts.length
              + " counts and "
              + again.length
              + " marks of what was touched again beside "
              + size);
    }
    this.times = Arrays.stream(times).allMatch(time -> time == 0) ? new long[0] : times;
    this.counts = Arrays.stream(counts).allMatch(count -> count == 1) ? new int[0] : counts;
    boolean rated = false;
    boolean repeated = false;
    for (boolean one : again) {
      repeated |= one;
    }
    this.again = repeated ? again : new boolean[0];
    float largest = Float.NEGATIVE_INFINITY;
    for (float rating : ratings) {
      rated |= rating != 1f;
      largest = Math.max(largest, rating);
    }
    this.ratings = rated ? ratings : new float[0];
    this.maxRating = largest;
    this.inOrder = true;
  }

  private InteractionDetails(int size) {
    this.size = size;
    this.times = new long[0];
    this.ratings = new float[0];
    this.counts = new int[0];
    this.again = new boolean[0];
    this.maxRating = size == 0 ? Float.NEGATIVE_INFINITY : 1f;
    this.inOrder = false;
  }

  /** Of so many interactions without times, ratings, repeats or any order. */
  static InteractionDetails none(int size) {
    return new InteractionDetails(size);
  }

  int size() {
    return size;
  }

  long time(int row) {
    return times.length == 0 ? 0 : times[row];
  }

  /** Whether there are times: where there are none, all of them are 0. */
  boolean timed() {
    return times.length > 0;
  }

  boolean inOrder() {
    return inOrder;
  }

  float rating(int row) {
    return ratings.length == 0 ? 1f : ratings[row];
  }

  int count(int row) {
    return counts.length == 0 ? 1 : counts[row];
  }

  boolean again(int row) {
    return again.length > 0 && again[row];
  }

  float maxRating() {
    return maxRating;
  }

  /** Others behind these. */
  InteractionDetails append(InteractionDetails other) {
    int both = Math.addExact(size, other.size);
    long[] allTimes = new long[both];
    float[] allRatings = new float[both];
    int[] allCounts = new int[both];
    boolean[] allAgain = new boolean[both];
    for (int row = 0; row < both; row++) {
      InteractionDetails from = row < size ? this : other;
      int at = row < size ? row : row - size;
      allTimes[row] = from.time(at);
      allRatings[row] = from.rating(at);
      allCounts[row] = from.count(at);
      allAgain[row] = from.again(at);
    }
    return new InteractionDetails(allTimes, allRatings, allCounts, allAgain);
  }
}
