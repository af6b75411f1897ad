// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * Cases with the items that compete in each: the first is the target. An item of row -1 is one that
 * the model has never heard of.
 */
public final class CandidateSet {
  private final Histories seen;
  private final int[] users;
  private final int[][] candidates;

  /**
   * Takes the arrays as they are.
   *
   * @param seen what a model may know of each user
   * @param users user rows, one a case
   * @param candidates by case, the target first, at least one more
   */
  public CandidateSet(Histories seen, int[] users, int[][] candidates) {
    if (users.length != candidates.length) {
      throw new IllegalArgumentException(
          "candidate set expects candidates for "
              + users.length
              + " users, got "
              + candidates.length);
    }
    for (int c = 0; c < users.length; c++) {
      if (candidates[c].length < 2) {
        throw new IllegalArgumentException(
            "candidate case " + c + " expects a target and others, got " + candidates[c].length);
      }
    }
    this.seen = seen;
    this.users = users;
    this.candidates = candidates;
  }

  /** What a model may know of each user. */
  public Histories seen() {
    return seen;
  }

  /** The number of cases. */
  public int size() {
    return users.length;
  }

  /** The user row of a case. */
  public int user(int index) {
    return users[index];
  }

  /** The competing items of a case, the target first; not a copy. */
  public int[] candidates(int index) {
    return candidates[index];
  }
}
