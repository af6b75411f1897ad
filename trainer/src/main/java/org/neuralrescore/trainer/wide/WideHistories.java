// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.ItemHistory;

/**
 * The histories that the wide part is asked with: of each user the newest items, weighted as the
 * user encoder weighs them.
 *
 * @param weighting what the interactions of a history weigh
 * @param most items at most
 */
public record WideHistories(HistoryWeighting weighting, int most) {

  /** A user's whole history. */
  public ItemHistory of(Histories histories, int user) {
    return before(histories, user, histories.end(user));
  }

  /** What a user had touched before a position. */
  public ItemHistory before(Histories histories, int user, int until) {
    int from = until - Math.min(most, until - histories.start(user));
    long[] keys = new long[until - from];
    for (int p = from; p < until; p++) {
      keys[p - from] = (long) histories.item(p) << 32 | p;
    }
    Arrays.sort(keys);
    int[] items = new int[keys.length];
    float[] weights = new float[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int position = (int) keys[i];
      items[i] = histories.item(position);
      weights[i] = weighting.weight(histories, position, histories.time(until - 1));
    }
    return new ItemHistory(items, weights);
  }
}
