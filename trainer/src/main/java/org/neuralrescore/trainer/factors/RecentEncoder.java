// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.solver.Side;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentItems;

/**
 * Turns the newest items of histories into recent vectors r by the fold-in that makes user vectors,
 * so that r and u lie in one space and r costs no graph of its own. Immutable, thread-safe. Many
 * positions of one history are encoded by {@link RecentPrefixes}.
 *
 * @param encoder the item factors and the fold-in over them; its weighting has no say here
 * @param recent which items, and what each weighs
 */
public record RecentEncoder(HistoryEncoder encoder, RecentItems recent) {
  private static final int USERS_PER_PART = 32;

  /**
   * Encodes the newest items that a user had touched before a position. Items without factors say
   * nothing and do not count among them.
   *
   * @param until behind the last position that counts
   * @return [rank], zeros where nothing counts, new
   */
  public float[] encode(Histories histories, int user, int until) {
    int rank = encoder.items().rank();
    int[] newest = newest(histories, user, until);
    float[] rows = new float[newest.length * rank];
    for (int i = 0; i < newest.length; i++) {
      System.arraycopy(encoder.items().values(), newest[i] * rank, rows, i * rank, rank);
    }
    return recent.encode(encoder.foldIn(), rows);
  }

  /** The newest items with factors before a position, oldest first. */
  int[] newest(Histories histories, int user, int until) {
    int[] newest = new int[recent.count()];
    int at = newest.length;
    for (int p = until - 1; p >= histories.start(user) && at > 0; p--) {
      if (!encoder.items().isZero(histories.item(p))) {
        newest[--at] = histories.item(p);
      }
    }
    return Arrays.copyOfRange(newest, at, newest.length);
  }

  /** Encodes the newest items of a user's whole history. */
  public float[] encode(Histories histories, int user) {
    return encode(histories, user, histories.end(user));
  }

  /** Encodes every user, [users x rank]. */
  public FactorMatrix encodeAll(Histories histories, Workers workers) {
    int rank = encoder.items().rank();
    float[] values = new float[Side.size(histories.userCount(), rank)];
    workers.runRows(
        histories.userCount(),
        USERS_PER_PART,
        (part, from, to) -> {
          for (int u = from; u < to; u++) {
            System.arraycopy(encode(histories, u), 0, values, u * rank, rank);
          }
        });
    return new FactorMatrix(histories.userCount(), rank, values);
  }
}
