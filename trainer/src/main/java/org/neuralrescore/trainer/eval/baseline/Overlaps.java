// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** How many users touched an item and each other, one item after the other. One a thread. */
final class Overlaps {
  private final SparseMatrix byUser;
  private final SparseMatrix byItem;
  private final int[] users;
  private int[] others = new int[256];
  private int size;

  Overlaps(SparseMatrix byUser, SparseMatrix byItem) {
    this.byUser = byUser;
    this.byItem = byItem;
    users = new int[byItem.rowCount()];
  }

  /** Counts; in steps, as many as its users have interactions, whatever the catalogue. */
  void count(int item) {
    for (int i = 0; i < size; i++) {
      users[others[i]] = 0;
    }
    size = 0;
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      int user = byItem.columns()[p];
      for (int r = byUser.start(user); r < byUser.end(user); r++) {
        int other = byUser.columns()[r];
        if (other != item && users[other]++ == 0) {
          add(other);
        }
      }
    }
  }

  private void add(int other) {
    if (size == others.length) {
      others = Arrays.copyOf(others, 2 * size);
    }
    others[size++] = other;
  }

  /** How many others somebody touched, too. */
  int size() {
    return size;
  }

  /** One of them, in no order. */
  int other(int index) {
    return others[index];
  }

  /** How many users touched both. */
  int users(int other) {
    return users[other];
  }
}
