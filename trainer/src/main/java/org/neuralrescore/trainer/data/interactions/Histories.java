// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Arrays;

/**
 * Every user's interactions, one user behind the other, each user's in the order of time: the
 * interactions of user {@code u} stand at positions {@code start(u) .. end(u) - 1}. No item occurs
 * twice in one history. Immutable, primitive, shared without copying.
 */
public final class Histories {
  /** Milliseconds, as times are counted, in a day. */
  public static final double MILLIS_A_DAY = 86_400_000.0;

  private final int itemCount;
  private final int[] starts;
  private final int[] items;
  private final long[] times;
  private final float[] ratings;
  private final int[] counts;
  private final float maxRating;
  private final ContextTable context;

  /**
   * @param itemCount columns of the matrix
   * @param starts [users + 1], rising from 0 to the number of interactions; not copied, like the
   *     other arrays
   * @param items item rows
   * @param times epoch milliseconds, not falling within one user; zeros where the data has no time
   * @param ratings the kept rating, 1 where the data has none
   * @param counts how many lines were merged into this one, at least 1
   * @param context a row a position
   */
  Histories(
      int itemCount,
      int[] starts,
      int[] items,
      long[] times,
      float[] ratings,
      int[] counts,
      ContextTable context) {
    this(itemCount, starts, items, times, ratings, counts, largest(ratings), context);
  }

  private Histories(
      int itemCount,
      int[] starts,
      int[] items,
      long[] times,
      float[] ratings,
      int[] counts,
      float maxRating,
      ContextTable context) {
    int size = starts[starts.length - 1];
    if (items.length != size
        || times.length != size
        || ratings.length != size
        || counts.length != size
        || !context.fits(size)) {
      throw new IllegalArgumentException(
          "histories expect " + size + " interactions, got " + items.length + " items");
    }
    this.itemCount = itemCount;
    this.starts = starts;
    this.items = items;
    this.times = times;
    this.ratings = ratings;
    this.counts = counts;
    this.maxRating = maxRating;
    this.context = context;
  }

  /** Every row of a matrix as a history of its columns, in their order, without times. */
  public static Histories ofRows(SparseMatrix matrix) {
    int[] starts = new int[matrix.rowCount() + 1];
    for (int row = 0; row < matrix.rowCount(); row++) {
      starts[row + 1] = matrix.end(row);
    }
    int size = matrix.size();
    float[] ratings = new float[size];
    int[] counts = new int[size];
    Arrays.fill(ratings, 1f);
    Arrays.fill(counts, 1);
    return new Histories(
        matrix.columnCount(),
        starts,
        matrix.columns(),
        new long[size],
        ratings,
        counts,
        ContextTable.NONE);
  }

  /**
   * The same with items in other rows.
   *
   * @param rowOf the new row of each, [items]
   */
  Histories withItems(int newItemCount, int[] rowOf) {
    int[] newItems = new int[items.length];
    for (int p = 0; p < items.length; p++) {
      newItems[p] = rowOf[items[p]];
    }
    return new Histories(
        newItemCount, starts, newItems, times, ratings, counts, maxRating, context);
  }

  private static float largest(float[] ratings) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float rating : ratings) {
      largest = Math.max(largest, rating);
    }
    return largest;
  }

  /** The number of users, those with an empty history included. */
  public int userCount() {
    return starts.length - 1;
  }

  /** The number of items, those that no history has included. */
  public int itemCount() {
    return itemCount;
  }

  /** The number of interactions. */
  public int size() {
    return items.length;
  }

  /** The first position of a user's history. */
  public int start(int user) {
    return starts[user];
  }

  /** Behind the last position of a user's history. */
  public int end(int user) {
    return starts[user + 1];
  }

  /** The length of a user's history. */
  public int length(int user) {
    return starts[user + 1] - starts[user];
  }

  /** The item at a position. */
  public int item(int position) {
    return items[position];
  }

  /** The time at a position in epoch milliseconds, 0 where the data has none. */
  public long time(int position) {
    return times[position];
  }

  /** The rating at a position, 1 where the data has none. */
  public float rating(int position) {
    return ratings[position];
  }

  /** The largest rating of the data that these histories were cut from. */
  public float maxRating() {
    return maxRating;
  }

  /** How many lines of the file stand behind this position. */
  public int count(int position) {
    return counts[position];
  }

  /** What was known of each interaction beside its user and item, a row a position. */
  public ContextTable context() {
    return context;
  }

  /** How many users touched each item, [items], new. */
  public int[] popularity() {
    int[] users = new int[itemCount];
    for (int item : items) {
      users[item]++;
    }
    return users;
  }

  /** Whether a user's history has an item. */
  public boolean contains(int user, int item) {
    for (int p = starts[user]; p < starts[user + 1]; p++) {
      if (items[p] == item) {
        return true;
      }
    }
    return false;
  }

  /** The positions for which {@code keep} is true; users and items keep their rows. */
  public Histories select(boolean[] keep) {
    int[] newStarts = new int[starts.length];
    int kept = 0;
    for (int u = 0; u < userCount(); u++) {
      for (int p = starts[u]; p < starts[u + 1]; p++) {
        if (keep[p]) {
          kept++;
        }
      }
      newStarts[u + 1] = kept;
    }
    int[] newItems = new int[kept];
    long[] newTimes = new long[kept];
    float[] newRatings = new float[kept];
    int[] newCounts = new int[kept];
    int[] positions = new int[kept];
    int to = 0;
    for (int p = 0; p < items.length; p++) {
      if (keep[p]) {
        newItems[to] = items[p];
        newTimes[to] = times[p];
        newRatings[to] = ratings[p];
        newCounts[to] = counts[p];
        positions[to] = p;
        to++;
      }
    }
    return new Histories(
        itemCount,
        newStarts,
        newItems,
        newTimes,
        newRatings,
        newCounts,
        maxRating,
        context.select(positions));
  }

  /** Every user's history here or, where it is empty, there; of equal users and items. */
  public Histories orElse(Histories there) {
    if (there == this) {
      return this;
    }
    if (there.userCount() != userCount() || there.itemCount != itemCount) {
      throw new IllegalArgumentException(
          "histories of "
              + userCount()
              + " users and "
              + itemCount
              + " items expect others of as"
              + " many, got "
              + there.userCount()
              + " and "
              + there.itemCount);
    }
    int[] newStarts = new int[starts.length];
    for (int u = 0; u < userCount(); u++) {
      newStarts[u + 1] = newStarts[u] + (length(u) > 0 ? length(u) : there.length(u));
    }
    int size = newStarts[userCount()];
    int[] contextRows = new int[size];
    int[] newItems = new int[size];
    long[] newTimes = new long[size];
    float[] newRatings = new float[size];
    int[] newCounts = new int[size];
    for (int u = 0; u < userCount(); u++) {
      Histories from = length(u) > 0 ? this : there;
      int at = from.start(u);
      int to = newStarts[u];
      int n = from.length(u);
      System.arraycopy(from.items, at, newItems, to, n);
      System.arraycopy(from.times, at, newTimes, to, n);
      System.arraycopy(from.ratings, at, newRatings, to, n);
      System.arraycopy(from.counts, at, newCounts, to, n);
      int first = from == this ? at : size() + at;
      for (int i = 0; i < n; i++) {
        contextRows[to + i] = first + i;
      }
    }
    return new Histories(
        itemCount,
        newStarts,
        newItems,
        newTimes,
        newRatings,
        newCounts,
        Math.max(maxRating, there.maxRating),
        context.append(there.context).select(contextRows));
  }

  /** The matrix [users x items] with a one for every interaction. */
  public SparseMatrix toMatrix() {
    float[] ones = new float[items.length];
    Arrays.fill(ones, 1f);
    return toMatrix(ones);
  }

  /**
   * The matrix [users x items] with a value for every interaction.
   *
   * @param values by position; copied
   */
  public SparseMatrix toMatrix(float[] values) {
    int[] columns = new int[items.length];
    float[] sorted = new float[items.length];
    for (int u = 0; u < userCount(); u++) {
      int from = starts[u];
      int n = starts[u + 1] - from;
      long[] keys = new long[n];
      for (int i = 0; i < n; i++) {
        keys[i] = (long) items[from + i] << 32 | i;
      }
      Arrays.sort(keys);
      for (int i = 0; i < n; i++) {
        columns[from + i] = (int) (keys[i] >>> 32);
        sorted[from + i] = values[from + (int) keys[i]];
      }
    }
    return new SparseMatrix(itemCount, starts.clone(), columns, sorted);
  }
}
