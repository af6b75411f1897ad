package org.neuralrescore.trainer.nmf;

import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.parallel.Workers;

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
   * Encodes what a user had done before a position.
   *
   * @param until behind the last position that counts
   * @return [rank], zeros where nothing counts, new
   */
  public float[] encode(Histories histories, int user, int until) {
    if (until == histories.start(user)) {
      return new float[items.rank()];
    }
    return foldIn.encode(rows(histories, user, until), weighting.weights(histories, user, until));
  }

  /** The factors of a history's items before a position, row-major [n x rank], new. */
  float[] rows(Histories histories, int user, int until) {
    int rank = items.rank();
    int from = histories.start(user);
    int n = until - from;
    float[] rows = new float[n * rank];
    for (int i = 0; i < n; i++) {
      System.arraycopy(items.values(), histories.item(from + i) * rank, rows, i * rank, rank);
    }
    return rows;
  }

  /** Encodes every user, [users x rank]. */
  public FactorMatrix encodeAll(Histories histories, Workers workers) {
    int rank = items.rank();
    float[] values = new float[histories.userCount() * rank];
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
