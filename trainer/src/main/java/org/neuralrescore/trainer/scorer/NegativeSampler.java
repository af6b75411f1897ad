// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.Histories;

/** Draws items that a user has not touched in what may be learned from. Immutable, thread-safe. */
public final class NegativeSampler {
  /** A user who touched almost everything may get a touched item after so many misses. */
  private static final int MAX_TRIES = 32;

  private final int itemCount;
  private final double[] cumulative;
  private final int[] starts;
  private final int[] sortedItems;

  /** Prepares for all users of some histories. */
  public NegativeSampler(Histories learned, NegativeSampling how) {
    itemCount = learned.itemCount();
    int[] popularity = learned.popularityOfAll();
    boolean uniform = how.exponent() == 0.0;
    cumulative = new double[uniform ? 0 : itemCount];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      // Items that nobody touched are drawn like those that one user touched.
      sum += Math.pow(Math.max(1, popularity[i]), how.exponent());
      cumulative[i] = sum;
    }
    starts = new int[learned.userCount() + 1];
    sortedItems = new int[learned.size()];
    for (int u = 0; u < learned.userCount(); u++) {
      for (int p = learned.start(u); p < learned.end(u); p++) {
        sortedItems[p] = learned.item(p);
      }
      Arrays.sort(sortedItems, learned.start(u), learned.end(u));
      starts[u + 1] = learned.end(u);
    }
  }

  /** One item row. */
  public int draw(int user, SplittableRandom random) {
    int item = draw(random);
    for (int tries = 1; tries < MAX_TRIES && touched(user, item); tries++) {
      item = draw(random);
    }
    return item;
  }

  private boolean touched(int user, int item) {
    return Arrays.binarySearch(sortedItems, starts[user], starts[user + 1], item) >= 0;
  }

  private int draw(SplittableRandom random) {
    if (cumulative.length == 0) {
      return random.nextInt(itemCount);
    }
    double at = random.nextDouble() * cumulative[itemCount - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(itemCount - 1, found >= 0 ? found + 1 : -found - 1);
  }
}
