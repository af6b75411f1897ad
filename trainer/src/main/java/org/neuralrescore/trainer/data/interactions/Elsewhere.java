// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/**
 * Users of a data set whose histories are not in it, for they are kept where they were read: what
 * is known of all of them together. Immutable.
 */
public final class Elsewhere {
  /** Where all are here. */
  public static final Elsewhere NOBODY =
      new Elsewhere(0, 0, new int[0], new long[0], Long.MIN_VALUE, "");

  private final int users;
  private final long interactions;
  private final int[] touched;
  private final long[] first;
  private final long latest;
  private final String sha256;

  /**
   * Takes the arrays as they are.
   *
   * @param users how many
   * @param interactions of all of them
   * @param touched how many of them touched each item, [items]
   * @param first when an item was first touched, {@link Long#MAX_VALUE} where by none, [items]
   * @param latest time of any
   * @param sha256 of their interactions, whatever parts they were kept in
   */
  Elsewhere(int users, long interactions, int[] touched, long[] first, long latest, String sha256) {
    this.users = users;
    this.interactions = interactions;
    this.touched = touched;
    this.first = first;
    this.latest = latest;
    this.sha256 = sha256;
  }

  /** How many users. */
  public int users() {
    return users;
  }

  /** How many interactions they have. */
  public long interactions() {
    return interactions;
  }

  /** How many of them touched an item. */
  public int touched(int item) {
    return users == 0 ? 0 : touched[item];
  }

  /** When the first of them touched an item, {@link Long#MAX_VALUE} where none did. */
  public long first(int item) {
    return users == 0 ? Long.MAX_VALUE : first[item];
  }

  /** When the first of them touched anything, {@link Long#MAX_VALUE} where there is none. */
  public long earliest() {
    long earliest = Long.MAX_VALUE;
    for (long time : first) {
      earliest = Math.min(earliest, time);
    }
    return earliest;
  }

  /** When the last of them touched anything, {@link Long#MIN_VALUE} where there is none. */
  public long latest() {
    return latest;
  }

  /** Equal interactions, equal hash; empty where there is nobody. */
  public String sha256() {
    return sha256;
  }
}
