// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * How many users touched each item in what was learned from, and what that makes of the item: part
 * of the head, the middle or the tail (Abdollahpouri et al. 2021, "User-centered Evaluation of
 * Popularity Bias in Recommender Systems": the commonest items that take up 20 % of all
 * interactions, the rarest that take up 20 %, and what is between). Items of equal popularity are
 * of one group. Immutable.
 */
public final class ItemPopularity {
  /** A group of items by how common they are. */
  public enum Group {
    /** The commonest, with a fifth of all interactions. */
    HEAD,
    /** Between head and tail. */
    MIDDLE,
    /** The rarest, with a fifth of all interactions. */
    TAIL,
    /** Nobody touched it. */
    UNTOUCHED
  }

  private static final double HEAD_SHARE = 0.2;
  private static final double TAIL_FROM = 0.8;

  private final int[] users;
  private final int userCount;
  private final Group[] groups;

  private ItemPopularity(int[] users, int userCount, Group[] groups) {
    this.users = users;
    this.userCount = userCount;
    this.groups = groups;
  }

  /** Counts in what a ranker learned from. */
  public static ItemPopularity of(Histories learned) {
    int[] users = learned.popularityOfAll();
    int userCount = learned.elsewhere().users();
    for (int u = 0; u < learned.userCount(); u++) {
      userCount += learned.length(u) > 0 ? 1 : 0;
    }
    return of(users, userCount);
  }

  /**
   * Of what was counted before.
   *
   * @param users who touched each item, [items]; not copied
   * @param userCount users who touched any
   */
  public static ItemPopularity of(int[] users, int userCount) {
    return new ItemPopularity(
        users, userCount, groups(users, Arrays.stream(users).asLongStream().sum()));
  }

  /** How many users touched each item, [items], not a copy. */
  public int[] users() {
    return users;
  }

  /** How many users touched any. */
  public int userCount() {
    return userCount;
  }

  private static Group[] groups(int[] users, long interactions) {
    int[] rising = users.clone();
    Arrays.sort(rising);
    int highest = rising.length == 0 ? 0 : rising[rising.length - 1];
    // By popularity: the interactions of all items that are more popular.
    long[] before = new long[highest + 2];
    long sum = 0;
    int i = rising.length - 1;
    for (int popularity = highest; popularity > 0; popularity--) {
      before[popularity] = sum;
      while (i >= 0 && rising[i] == popularity) {
        sum += popularity;
        i--;
      }
    }
    Group[] groups = new Group[users.length];
    for (int item = 0; item < users.length; item++) {
      long more = before[users[item]];
      groups[item] =
          users[item] == 0
              ? Group.UNTOUCHED
              : more < HEAD_SHARE * interactions
                  ? Group.HEAD
                  : more < TAIL_FROM * interactions ? Group.MIDDLE : Group.TAIL;
    }
    return groups;
  }

  /** The group of an item row. */
  public Group group(int item) {
    return groups[item];
  }

  /** The number of items in a group. */
  public int size(Group group) {
    return (int) Arrays.stream(groups).filter(g -> g == group).count();
  }

  /**
   * The self-information of an item in bits, {@code -log2(users that touched it / users)} (Zhou et
   * al. 2010, "Solving the apparent diversity-accuracy dilemma of recommender systems"). One that
   * nobody touched, of which the paper's figure is infinite, counts as touched by one user.
   */
  public double selfInformation(int item) {
    return -Math.log(Math.max(1, users[item]) / (double) Math.max(1, userCount)) / Math.log(2);
  }
}
