// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.Histories;

/** Whole histories of so many users as the interactions allow, drawn with a seed. */
final class SomeUsers {
  private SomeUsers() {}

  /**
   * The others' histories are empty.
   *
   * @param most interactions; data of no more is given back as it is
   */
  static Histories of(Histories all, int most, long seed) {
    if (all.size() <= most) {
      return all;
    }
    double share = (double) most / all.size();
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] keep = new boolean[all.size()];
    for (int user = 0; user < all.userCount(); user++) {
      Arrays.fill(keep, all.start(user), all.end(user), random.nextDouble() < share);
    }
    return all.select(keep);
  }
}
