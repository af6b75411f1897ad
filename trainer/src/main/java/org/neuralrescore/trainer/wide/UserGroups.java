// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;

/**
 * Entries of a few items put together by their user. Two passes over the same entries: {@link
 * #count} each, {@link #layOut}, then {@link #add} each; those of a user then lie behind each other
 * in the order they were added.
 */
final class UserGroups {
  /** It is counted, then laid out. */
  private static final int STEPS_AN_ENTRY = 2;

  private final int[] counts;
  private final int[] next;
  private int[] users = new int[256];
  private int userCount;
  private int[] starts = new int[257];
  private int[] places = new int[1024];
  private int[] positions = new int[1024];
  private int size;
  private long pairs;

  UserGroups(int userCount) {
    counts = new int[userCount];
    next = new int[userCount];
  }

  /** Forgets all entries. */
  void clear() {
    for (int i = 0; i < userCount; i++) {
      counts[users[i]] = 0;
    }
    userCount = 0;
    size = 0;
    pairs = 0;
  }

  /** First pass: a user has an entry. */
  void count(int user) {
    int before = counts[user]++;
    if (before == 0) {
      if (userCount == users.length) {
        users = Arrays.copyOf(users, 2 * userCount);
      }
      users[userCount++] = user;
    }
    pairs += before;
    size++;
  }

  /** Pairs of entries of the same user, of what was counted. */
  long pairs() {
    return pairs;
  }

  /** What it takes to put together what was counted, in the time in which one pair is added. */
  long steps() {
    return (long) STEPS_AN_ENTRY * size;
  }

  /** Makes room for what was counted. */
  void layOut() {
    if (starts.length <= userCount) {
      starts = new int[users.length + 1];
    }
    if (places.length < size) {
      places = new int[2 * size];
      positions = new int[2 * size];
    }
    int at = 0;
    for (int i = 0; i < userCount; i++) {
      starts[i] = at;
      next[users[i]] = at;
      at += counts[users[i]];
    }
    starts[userCount] = at;
  }

  /** Second pass: the entry. */
  void add(int user, int place, int position) {
    int at = next[user]++;
    places[at] = place;
    positions[at] = position;
  }

  /** Users with an entry. */
  int userCount() {
    return userCount;
  }

  /** The first entry of the user at an index. */
  int start(int index) {
    return starts[index];
  }

  /** Behind the last entry of the user at an index. */
  int end(int index) {
    return starts[index + 1];
  }

  /** The place of every entry, not a copy. */
  int[] places() {
    return places;
  }

  /** The position of every entry, not a copy. */
  int[] positions() {
    return positions;
  }
}
