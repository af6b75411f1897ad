// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/** Puts the histories of users into their places, in whatever order they come. */
final class HistoryJoin {
  private final int[] starts;
  private final int[] items;
  private final long[] times;
  private final float[] ratings;
  private final int[] counts;
  private final boolean[] again;
  private int users;

  /**
   * @param starts [users + 1], where each user's history is to stand; not copied
   */
  HistoryJoin(int[] starts) {
    this.starts = starts;
    int size = starts[starts.length - 1];
    items = new int[size];
    times = new long[size];
    ratings = new float[size];
    counts = new int[size];
    again = new boolean[size];
  }

  /**
   * A user's history.
   *
   * @param itemOf the row here of each item there
   * @param row of the user here, each once
   */
  void put(Histories from, int user, int[] itemOf, int row) {
    if (from.length(user) != starts[row + 1] - starts[row]) {
      throw new IllegalStateException(
          "a history of "
              + from.length(user)
              + " interactions was told to have "
              + (starts[row + 1] - starts[row]));
    }
    int to = starts[row];
    for (int p = from.start(user); p < from.end(user); p++) {
      items[to] = itemOf[from.item(p)];
      times[to] = from.time(p);
      ratings[to] = from.rating(p);
      counts[to] = from.count(p);
      again[to] = from.again(p);
      to++;
    }
    users++;
  }

  /**
   * All of them.
   *
   * @param context a row a position
   */
  Histories finish(int itemCount, ContextTable context) {
    if (users != starts.length - 1) {
      throw new IllegalStateException("joined " + users + " of " + (starts.length - 1) + " users");
    }
    return new Histories(
        itemCount, starts, items, new InteractionDetails(times, ratings, counts, again), context);
  }
}
