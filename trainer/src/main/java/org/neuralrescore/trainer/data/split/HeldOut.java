// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * Which positions of some histories are held out: the targets of cases, and missing from what a
 * model sees when it is asked about them.
 */
final class HeldOut {
  private final Histories all;
  private final boolean[] target;

  HeldOut(Histories all) {
    this.all = all;
    this.target = new boolean[all.size()];
  }

  /** Holds positions {@code [from, to)} out. */
  void add(int from, int to) {
    for (int p = from; p < to; p++) {
      target[p] = true;
    }
  }

  /**
   * The cases: every user with a held-out position and something left to see.
   *
   * @param seen what a model may see; held-out positions are not in it
   * @throws UserError of kind INPUT where there is none
   */
  EvaluationSet cases(Histories seen, String protocol) {
    List<Integer> users = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    List<Integer> first = new ArrayList<>();
    for (int u = 0; u < all.userCount(); u++) {
      int n = 0;
      int at = -1;
      int[] items = new int[all.length(u)];
      for (int p = all.start(u); p < all.end(u); p++) {
        if (target[p]) {
          at = n == 0 ? p : at;
          items[n++] = all.item(p);
        }
      }
      if (n > 0 && seen.length(u) > 0) {
        users.add(u);
        first.add(at);
        targets.add(Arrays.copyOf(items, n));
      }
    }
    if (users.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "nothing can be held out by "
              + protocol
              + ": no user has enough interactions on both sides; give more interactions, choose"
              + " another protocol, or train without an evaluation by --protocol none");
    }
    return new EvaluationSet(
        seen,
        users.stream().mapToInt(Integer::intValue).toArray(),
        targets.toArray(int[][]::new),
        all.context().select(first.stream().mapToInt(Integer::intValue).toArray()));
  }
}
