// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.math.RandomStreams;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.softmax.ShownItems;

/**
 * Draws people as they are known at some moment: a user by the root of how much they did, then all
 * of their history, as searches find it, or a beginning of it of any length.
 */
final class HistoryDraws {
  private static final double WHOLE = 0.3;

  private final Histories histories;
  private final HistoryWeighting weighting;
  private final long seed;
  private final double[] reach;

  HistoryDraws(Histories histories, HistoryWeighting weighting, long seed) {
    this.histories = histories;
    this.weighting = weighting;
    this.seed = seed;
    reach = new double[histories.userCount()];
    double sum = 0;
    for (int u = 0; u < reach.length; u++) {
      sum += Math.sqrt(histories.length(u));
      reach[u] = sum;
    }
  }

  /** The draw of a number, the same for the same seed. */
  ShownItems draw(long number) {
    SplittableRandom random = RandomStreams.of(seed, number);
    int at = Arrays.binarySearch(reach, random.nextDouble() * reach[reach.length - 1]);
    // A hit would be the end of a user's stretch, which is no longer theirs.
    int user = at < 0 ? -at - 1 : at + 1;
    while (histories.length(user) == 0) {
      user++;
    }
    int length = histories.length(user);
    int shown = random.nextDouble() < WHOLE ? length : 1 + random.nextInt(length);
    int from = histories.start(user);
    int[] items = new int[shown];
    for (int i = 0; i < shown; i++) {
      items[i] = histories.item(from + i);
    }
    return new ShownItems(items, weighting.weights(histories, user, from + shown));
  }
}
