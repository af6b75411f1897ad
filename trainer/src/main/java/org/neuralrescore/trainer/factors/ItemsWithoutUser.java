// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

/**
 * What an item's factors would be had one of its users not touched it. A scorer that learned from
 * factors as they are would meet, in training, items that already know the user, and in serving
 * items that do not: the rarer the item, the larger the difference. One instance a thread.
 *
 * <p>The other items and the users stay as they are.
 */
public interface ItemsWithoutUser {

  /** Turns to an item. */
  void select(int itemRow);

  /**
   * The selected item without one user.
   *
   * @param user one of the item's users
   * @return [rank], zeros where there is no other user; overwritten by the next call
   */
  double[] without(int user);

  /** Refuses a user who has nothing to be taken away. */
  static IllegalArgumentException neverTouched(int user, int item) {
    return new IllegalArgumentException(
        "user row " + user + " did not touch item row " + item + " in training");
  }
}
