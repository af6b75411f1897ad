// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/**
 * Items made cold: a drawn share of the items loses all of its interactions, and who touched them
 * is asked for. Measures what factors of items that nobody has touched yet are worth.
 */
public final class ColdSplit {
  private final Histories learned;
  private final EvaluationSet cases;
  private final boolean[] cold;

  private ColdSplit(Histories learned, EvaluationSet cases, boolean[] cold) {
    this.learned = learned;
    this.cases = cases;
    this.cold = cold;
  }

  /**
   * Draws the cold items from those with content.
   *
   * @param share of the items, between 0 and 1
   * @throws UserError of kind INPUT where no user is left who touched both kinds
   */
  public static ColdSplit of(Histories all, ItemContent content, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("cold split expects a share in (0, 1), got " + share);
    }
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] cold = new boolean[all.itemCount()];
    for (int item = 0; item < cold.length; item++) {
      cold[item] = random.nextDouble() < share && content.has(item);
    }
    boolean[] keep = new boolean[all.size()];
    for (int p = 0; p < keep.length; p++) {
      keep[p] = !cold[all.item(p)];
    }
    Histories learned = all.select(keep);
    List<Integer> users = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    for (int u = 0; u < all.userCount(); u++) {
      int[] missing = new int[all.length(u)];
      int count = 0;
      for (int p = all.start(u); p < all.end(u); p++) {
        if (cold[all.item(p)]) {
          missing[count++] = all.item(p);
        }
      }
      if (count > 0 && learned.length(u) > 0) {
        users.add(u);
        targets.add(Arrays.copyOf(missing, count));
      }
    }
    if (users.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "no user touched both cold and other items; raise the share of cold items above "
              + share);
    }
    return new ColdSplit(
        learned,
        new EvaluationSet(
            learned,
            users.stream().mapToInt(Integer::intValue).toArray(),
            targets.toArray(int[][]::new)),
        cold);
  }

  /** What may be learned from: no cold item is in it. */
  public Histories learned() {
    return learned;
  }

  /** For each user who touched cold items, those items to find. */
  public EvaluationSet cases() {
    return cases;
  }

  /** Whether an item is cold. */
  public boolean isCold(int item) {
    return cold[item];
  }

  /** The number of cold items. */
  public int coldCount() {
    int count = 0;
    for (boolean one : cold) {
      count += one ? 1 : 0;
    }
    return count;
  }
}
