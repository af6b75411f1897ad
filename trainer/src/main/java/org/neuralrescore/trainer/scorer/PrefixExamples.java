package org.neuralrescore.trainer.scorer;

import java.util.SplittableRandom;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.nmf.HistoryEncoder;
import org.neuralrescore.trainer.nmf.PrefixEncoder;
import org.neuralrescore.trainer.parallel.Workers;

/**
 * Makes positives of histories as serving will see them: the user as folded in from what came
 * before the item, and the item as what came next.
 */
final class PrefixExamples {
  private static final int USERS_PER_PART = 16;

  private PrefixExamples() {}

  /**
   * Takes at most {@code limit} positions, drawn with a seed, that have something before them.
   *
   * @param histories what may be learned from; validation and test items are not in it
   */
  static PositiveExamples of(
      HistoryEncoder encoder, Histories histories, int limit, long seed, Workers workers) {
    int rank = encoder.items().rank();
    int[] slots = draw(histories, limit, new SplittableRandom(seed));
    int size = 0;
    for (int slot : slots) {
      size = Math.max(size, slot + 1);
    }
    float[] vectors = new float[Math.multiplyExact(size, rank)];
    int[] users = new int[size];
    int[] items = new int[size];
    workers.runRows(
        histories.userCount(),
        USERS_PER_PART,
        (part, from, to) -> {
          PrefixEncoder prefixes = new PrefixEncoder(encoder);
          for (int u = from; u < to; u++) {
            int user = u;
            prefixes.walk(
                histories,
                user,
                position -> slots[position] >= 0,
                (position, vector) -> {
                  int slot = slots[position];
                  users[slot] = user;
                  items[slot] = histories.item(position);
                  for (int f = 0; f < rank; f++) {
                    vectors[slot * rank + f] = (float) vector[f];
                  }
                });
          }
        });
    return new PositiveExamples(rank, vectors, users, items);
  }

  /** The example number of every position, -1 where it is none. */
  private static int[] draw(Histories histories, int limit, SplittableRandom random) {
    int open = 0;
    for (int u = 0; u < histories.userCount(); u++) {
      open += Math.max(0, histories.length(u) - 1);
    }
    int wanted = Math.min(limit, open);
    int[] slots = new int[histories.size()];
    int next = 0;
    for (int u = 0; u < histories.userCount(); u++) {
      for (int p = histories.start(u); p < histories.end(u); p++) {
        slots[p] = -1;
        if (p > histories.start(u) && random.nextInt(open--) < wanted - next) {
          slots[p] = next++;
        }
      }
    }
    return slots;
  }
}
