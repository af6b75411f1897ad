// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.PrefixEncoder;

/** The positives of one epoch: positions of the histories, each with its user's vector. */
final class Positives {
  private static final int USERS_PER_PART = 16;

  private final int[] positions;
  private final double[] vectors;
  private final boolean ownVector;

  private Positives(int[] positions, double[] vectors, boolean ownVector) {
    this.positions = positions;
    this.vectors = vectors;
    this.ownVector = ownVector;
  }

  /**
   * At most {@code limit} drawn positions with the users' own rows.
   *
   * @param users row-major [users x rank], not copied: it moves while the epoch runs
   */
  static Positives embedded(Histories learned, double[] users, int limit, SplittableRandom random) {
    return new Positives(draw(learned, 0, limit, random), users, false);
  }

  /** At most {@code limit} drawn positions, each with the fold-in of what came before it. */
  static Positives folded(
      Histories learned,
      HistoryEncoder encoder,
      int limit,
      SplittableRandom random,
      Workers workers) {
    int[] positions = draw(learned, 1, limit, random);
    int rank = encoder.items().rank();
    double[] vectors = new double[Math.multiplyExact(positions.length, rank)];
    workers.runRows(
        learned.userCount(),
        USERS_PER_PART,
        (part, from, to) -> {
          PrefixEncoder prefixes = new PrefixEncoder(encoder);
          for (int u = from; u < to; u++) {
            prefixes.walk(
                learned,
                u,
                position -> Arrays.binarySearch(positions, position) >= 0,
                (position, vector) ->
                    System.arraycopy(
                        vector, 0, vectors, Arrays.binarySearch(positions, position) * rank, rank));
          }
        });
    return new Positives(positions, vectors, true);
  }

  /** Rising positions, drawn alike from all that stand at {@code first} or later in a history. */
  private static int[] draw(Histories learned, int first, int limit, SplittableRandom random) {
    int open = 0;
    for (int u = 0; u < learned.userCount(); u++) {
      open += Math.max(0, learned.length(u) - first);
    }
    int[] drawn = new int[Math.min(limit, open)];
    int next = 0;
    for (int u = 0; u < learned.userCount(); u++) {
      for (int p = learned.start(u) + first; p < learned.end(u); p++) {
        if (random.nextInt(open--) < drawn.length - next) {
          drawn[next++] = p;
        }
      }
    }
    return drawn;
  }

  int size() {
    return positions.length;
  }

  int position(int index) {
    return positions[index];
  }

  /** Row-major vectors that {@link #vectorRow} counts in. */
  double[] vectors() {
    return vectors;
  }

  int vectorRow(int index, int user) {
    return ownVector ? index : user;
  }
}
