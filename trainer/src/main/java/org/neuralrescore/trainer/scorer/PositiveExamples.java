package org.neuralrescore.trainer.scorer;

/**
 * Positives to learn from: an item that a user touched, with the user's vector as it was before.
 * The vector never contains the item, or the scorer would learn to recognise what was folded in.
 */
public final class PositiveExamples {
  private final int rank;
  private final float[] userVectors;
  private final int[] users;
  private final int[] items;

  /**
   * Takes the arrays as they are.
   *
   * @param rank k
   * @param userVectors row-major [examples x rank]; not copied, like the other arrays
   * @param users user rows, [examples]
   * @param items item rows, [examples]
   */
  PositiveExamples(int rank, float[] userVectors, int[] users, int[] items) {
    if (userVectors.length != users.length * rank || users.length != items.length) {
      throw new IllegalArgumentException(
          "positive examples expect one user vector and one item an example, got "
              + userVectors.length
              + ", "
              + users.length
              + " and "
              + items.length);
    }
    this.rank = rank;
    this.userVectors = userVectors;
    this.users = users;
    this.items = items;
  }

  /** The number of examples. */
  public int size() {
    return items.length;
  }

  /** k. */
  public int rank() {
    return rank;
  }

  /** Row-major [examples x rank], not a copy. */
  float[] userVectors() {
    return userVectors;
  }

  /** The user row of an example. */
  int user(int example) {
    return users[example];
  }

  /** The item row of an example. */
  int item(int example) {
    return items[example];
  }
}
