// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Arrays;

/**
 * Who takes part in learning: users and items with enough interactions among those who take part
 * (the k-core of Seidman 1983, found by taking away until nothing more falls).
 *
 * <p>It is found in what may be learned from, behind the split, and never in the whole data: a core
 * of the whole would know from held-out interactions who has enough. Held-out cases stay as they
 * are, so figures with and without it are of the same cases; who is not in the core is folded in
 * like any other user, and an item that is not has zero factors like any that nobody touched.
 *
 * @param minPerUser items of a user at least, default 1
 * @param minPerItem users of an item at least, default 1
 * @param minUsersPerItem as {@code minPerItem}, for privacy's sake: factors that a few people made
 *     tell of these people; default 1. The larger of both counts, also once users have left
 */
public record CoreRule(int minPerUser, int minPerItem, int minUsersPerItem) {
  public CoreRule {
    if (minPerUser < 1 || minPerItem < 1 || minUsersPerItem < 1) {
      throw new IllegalArgumentException(
          "a core expects at least 1 interaction a user and an item and 1 user an item, got "
              + minPerUser
              + ", "
              + minPerItem
              + ", "
              + minUsersPerItem);
    }
  }

  /** Everybody takes part. */
  public static CoreRule none() {
    return new CoreRule(1, 1, 1);
  }

  /**
   * What a rule took away.
   *
   * @param users who had interactions and have none left
   * @param items that had interactions and have none left
   * @param interactions that are not learned from
   * @param rareItems items that had fewer users than {@code minUsersPerItem} to begin with
   * @param rounds that it took until nothing more fell
   */
  public record LeftOut(int users, int items, int interactions, int rareItems, int rounds) {
    /** Nothing. */
    public static final LeftOut NOTHING = new LeftOut(0, 0, 0, 0, 0);
  }

  /**
   * What is learned from.
   *
   * @param histories rows as before, with fewer interactions
   */
  public record Core(Histories histories, LeftOut leftOut) {}

  /** The core of some histories: the largest part in which everybody has enough. */
  public Core of(Histories histories) {
    int perItem = Math.max(minPerItem, minUsersPerItem);
    if (minPerUser == 1 && perItem == 1) {
      return new Core(histories, LeftOut.NOTHING);
    }
    boolean[] keep = new boolean[histories.size()];
    Arrays.fill(keep, true);
    int[] before = histories.popularity();
    int[] ofItem = before.clone();
    int[] ofUser = new int[histories.userCount()];
    Arrays.setAll(ofUser, histories::length);
    int left = histories.size();
    int rounds = 0;
    boolean fell = true;
    while (fell) {
      fell = false;
      for (int u = 0; u < ofUser.length; u++) {
        boolean out = ofUser[u] < minPerUser;
        for (int p = histories.start(u); p < histories.end(u); p++) {
          if (keep[p] && (out || ofItem[histories.item(p)] < perItem)) {
            keep[p] = false;
            ofUser[u]--;
            ofItem[histories.item(p)]--;
            left--;
            fell = true;
          }
        }
      }
      rounds += fell ? 1 : 0;
    }
    int rare = 0;
    int items = 0;
    for (int i = 0; i < before.length; i++) {
      rare += before[i] > 0 && before[i] < minUsersPerItem ? 1 : 0;
      items += before[i] > 0 && ofItem[i] == 0 ? 1 : 0;
    }
    int users = 0;
    for (int u = 0; u < ofUser.length; u++) {
      users += histories.length(u) > 0 && ofUser[u] == 0 ? 1 : 0;
    }
    return new Core(
        histories.select(keep), new LeftOut(users, items, histories.size() - left, rare, rounds));
  }
}
