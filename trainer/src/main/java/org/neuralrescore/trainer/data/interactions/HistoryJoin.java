// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/** Puts the histories of users one behind the other, wherever each comes from. */
final class HistoryJoin {
  private final int[] starts;
  private final int[] items;
  private final long[] times;
  private final float[] ratings;
  private final int[] counts;
  private int users;

  HistoryJoin(int userCount, int size) {
    starts = new int[userCount + 1];
    items = new int[size];
    times = new long[size];
    ratings = new float[size];
    counts = new int[size];
  }

  /** A user, behind those before; items keep their rows. */
  void add(Histories from, int user) {
    int to = starts[users];
    for (int p = from.start(user); p < from.end(user); p++) {
      items[to] = from.item(p);
      times[to] = from.time(p);
      ratings[to] = from.rating(p);
      counts[to] = from.count(p);
      to++;
    }
    starts[++users] = to;
  }

  /**
   * All of them.
   *
   * @param context a row a position
   */
  Histories finish(int itemCount, ContextTable context) {
    if (users != starts.length - 1 || starts[users] != items.length) {
      throw new IllegalStateException("joined " + users + " of " + (starts.length - 1) + " users");
    }
    return new Histories(itemCount, starts, items, times, ratings, counts, context);
  }
}
