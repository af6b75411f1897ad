// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;

/**
 * Turns histories into user vectors: the weights that a history's interactions carry, then the
 * {@link FoldIn}. Offline users come from here and from nowhere else, so that they are what the
 * exported encoder gives for the same history.
 *
 * @param items H, [items x rank]
 * @param foldIn the fold-in over these items
 * @param weighting what each interaction of a history weighs
 */
public record HistoryEncoder(FactorMatrix items, FoldIn foldIn, HistoryWeighting weighting) {
  private static final int USERS_PER_PART = 32;

  /**
   * Encodes a user's whole history.
   *
   * @return [rank], zeros for an empty history, new
   */
  public float[] encode(Histories histories, int user) {
    return encode(histories, user, histories.end(user));
  }

  /**
   * Encodes what a user had done before a position. Items without factors say nothing and are left
   * out, as a search leaves out documents without a vector.
   *
   * @param until behind the last position that counts
   * @return [rank], zeros where nothing counts, new
   */
  public float[] encode(Histories histories, int user, int until) {
    Prefix prefix = prefix(histories, user, until);
    return prefix.weights.length == 0
        ? new float[items.rank()]
        : foldIn.encode(prefix.rows, prefix.weights);
  }

  /** What a fold-in takes. */
  static final class Prefix {
    /** Row-major [n x rank]. */
    final float[] rows;

    /** [n], positive. */
    final float[] weights;

    Prefix(float[] rows, float[] weights) {
      this.rows = rows;
      this.weights = weights;
    }
  }

  /** A history before a position, without the items that have no factors. */
  Prefix prefix(Histories histories, int user, int until) {
    int rank = items.rank();
    int from = histories.start(user);
    float[] rows = new float[(until - from) * rank];
    float[] weights = weighting.weights(histories, user, until);
    int n = 0;
    for (int i = 0; i < weights.length; i++) {
      int item = histories.item(from + i);
      if (!items.isZero(item)) {
        System.arraycopy(items.values(), item * rank, rows, n * rank, rank);
        weights[n++] = weights[i];
      }
    }
    return n == weights.length
        ? new Prefix(rows, weights)
        : new Prefix(Arrays.copyOf(rows, n * rank), Arrays.copyOf(weights, n));
  }

  /** Encodes every user, [users x rank]. */
  public FactorMatrix encodeAll(Histories histories, Workers workers) {
    return encode(histories, 0, histories.userCount(), workers);
  }

  /**
   * Encodes some users.
   *
   * @param first row of the first
   * @param end behind the last
   * @return [end - first x rank]
   */
  public FactorMatrix encode(Histories histories, int first, int end, Workers workers) {
    int rank = items.rank();
    float[] values = new float[Math.multiplyExact(end - first, rank)];
    workers.runRows(
        end - first,
        USERS_PER_PART,
        (part, from, to) -> {
          for (int u = from; u < to; u++) {
            System.arraycopy(encode(histories, first + u), 0, values, u * rank, rank);
          }
        });
    return new FactorMatrix(end - first, rank, values);
  }
}
