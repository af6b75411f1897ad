// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.scorer.network.FactorAdam;

/**
 * The rows and row gradients of one batch. A group is one positive: one user slot and {@code
 * negatives + 2} item slots, the positive, its negatives and the category head's item, which may be
 * missing.
 */
final class Batch {
  private final int rank;
  private final int slotsAGroup;
  private final int[] userRows;
  private final int[] itemRows;
  private final double[] userGradients;
  private final double[] itemGradients;

  Batch(int groups, int negatives, int rank) {
    this.rank = rank;
    slotsAGroup = negatives + 2;
    userRows = new int[groups];
    itemRows = new int[groups * slotsAGroup];
    userGradients = new double[groups * rank];
    itemGradients = new double[groups * slotsAGroup * rank];
  }

  /** Clears a group and sets its user and positive. */
  void begin(int group, int user, int positive) {
    int slot = slot(group);
    userRows[group] = user;
    Arrays.fill(itemRows, slot, slot + slotsAGroup, -1);
    itemRows[slot] = positive;
    Arrays.fill(userGradients, group * rank, (group + 1) * rank, 0);
    Arrays.fill(itemGradients, slot * rank, (slot + slotsAGroup) * rank, 0);
  }

  void setItem(int group, int place, int item) {
    itemRows[slot(group) + place] = item;
  }

  /** The first item slot of a group. */
  int slot(int group) {
    return group * slotsAGroup;
  }

  /** The slot of the category head's item; its row is negative where there is none. */
  int categorySlot(int group) {
    return slot(group) + slotsAGroup - 1;
  }

  int[] itemRows() {
    return itemRows;
  }

  double[] userGradients() {
    return userGradients;
  }

  double[] itemGradients() {
    return itemGradients;
  }

  void step(int groups, double[] items, FactorAdam adam, Workers workers) {
    adam.step(items, itemRows, groups * slotsAGroup, itemGradients, 1.0 / groups, workers);
  }

  void stepUsers(int groups, double[] users, FactorAdam adam, Workers workers) {
    adam.step(users, userRows, groups, userGradients, 1.0 / groups, workers);
  }
}
