// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/**
 * Positives to learn from: an item that a user touched, as both were before: the user folded in
 * from what came before the item, and the item as it would be without the user. With vectors that
 * know of each other the scorer would learn to recognise what it was told.
 */
final class PositiveExamples {
  private final int rank;
  private final float[] userVectors;
  private final float[] itemVectors;
  private final int[] users;
  private final int[] items;
  private final int[] positions;
  private final long[] times;
  private final float[] contexts;
  private final float[] recents;

  /**
   * Takes the arrays as they are.
   *
   * @param rank k
   * @param userVectors row-major [examples x rank]; not copied, like the other arrays
   * @param itemVectors row-major [examples x rank]
   * @param users user rows, [examples]
   * @param items item rows, [examples]
   * @param positions of the items in the histories, [examples]
   * @param times when, epoch milliseconds, [examples]
   * @param contexts what the requests brought, row-major [examples x c]; empty where c = 0
   * @param recents recent vectors, of what came before the item too, row-major [examples x rank];
   *     empty where nobody asked for them
   */
  PositiveExamples(
      int rank,
      float[] userVectors,
      float[] itemVectors,
      int[] users,
      int[] items,
      int[] positions,
      long[] times,
      float[] contexts,
      float[] recents) {
    if (userVectors.length != users.length * rank
        || itemVectors.length != userVectors.length
        || users.length != items.length
        || positions.length != items.length
        || times.length != items.length
        || (contexts.length != 0 && contexts.length % items.length != 0)
        || (recents.length != 0 && recents.length != userVectors.length)) {
      throw new IllegalArgumentException(
          "positive examples expect two vectors of "
              + rank
              + " an example, got "
              + userVectors.length
              + " and "
              + itemVectors.length
              + " values for "
              + users.length);
    }
    this.rank = rank;
    this.userVectors = userVectors;
    this.itemVectors = itemVectors;
    this.users = users;
    this.items = items;
    this.positions = positions;
    this.times = times;
    this.contexts = contexts;
    this.recents = recents;
  }

  /** The number of examples. */
  int size() {
    return items.length;
  }

  /** k. */
  int rank() {
    return rank;
  }

  /** Row-major [examples x rank], not a copy. */
  float[] userVectors() {
    return userVectors;
  }

  /** Row-major [examples x rank], not a copy. */
  float[] itemVectors() {
    return itemVectors;
  }

  /** The user row of an example. */
  int user(int example) {
    return users[example];
  }

  /** The item row of an example. */
  int item(int example) {
    return items[example];
  }

  /** Where the example stands in the histories: before it is what its user had touched. */
  int position(int example) {
    return positions[example];
  }

  /** When an example was, epoch milliseconds, 0 where the data has no time. */
  long time(int example) {
    return times[example];
  }

  /** Row-major [examples x c], not a copy. */
  float[] contexts() {
    return contexts;
  }

  /** Row-major [examples x rank], empty where nobody asked for them, not a copy. */
  float[] recents() {
    return recents;
  }

  /** c. */
  int contextWidth() {
    return contexts.length == 0 ? 0 : contexts.length / items.length;
  }
}
