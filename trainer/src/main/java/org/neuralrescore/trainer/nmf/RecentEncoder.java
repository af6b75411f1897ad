package org.neuralrescore.trainer.nmf;

import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.parallel.Workers;

/**
 * Turns the newest items of histories into recent vectors r by the fold-in that makes user vectors,
 * so that r and u lie in one space and r costs no graph of its own. Immutable, thread-safe.
 *
 * <p>Training examples come from here too, position by position and without any shortcut: with a
 * handful of items there is little to save, and what is learned is then what is served to the bit.
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
    FactorMatrix items = encoder.items();
    int rank = items.rank();
    int[] newest = new int[recent.count()];
    int n = 0;
    for (int p = until - 1; p >= histories.start(user) && n < newest.length; p--) {
      if (!items.isZero(histories.item(p))) {
        newest[n++] = histories.item(p);
      }
    }
    float[] rows = new float[n * rank];
    for (int i = 0; i < n; i++) {
      System.arraycopy(items.values(), newest[n - 1 - i] * rank, rows, i * rank, rank);
    }
    return recent.encode(encoder.foldIn(), rows);
  }

  /** Encodes the newest items of a user's whole history. */
  public float[] encode(Histories histories, int user) {
    return encode(histories, user, histories.end(user));
  }

  /** Encodes every user, [users x rank]. */
  public FactorMatrix encodeAll(Histories histories, Workers workers) {
    int rank = encoder.items().rank();
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
