// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.neighbour.BlockInverse;
import org.neuralrescore.trainer.factors.neighbour.CommonItems;
import org.neuralrescore.trainer.factors.neighbour.DenseItemWeights;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;

/**
 * How much having touched item i lately speaks for item j now: the ridge regression of each
 * interaction on what its user had touched before it, {@code T = (X'X + lambda I)^-1 X'Y}, a row of
 * X being the weights of {@link PrefixMoments} and the row of Y the item itself (the transitions of
 * Choi et al. 2021, "Session-aware Linear Item-Item Models for Session-based Recommendation"). EASE
 * asks what goes together in a whole history; this asks what comes next, of a person as a search
 * knows them.
 *
 * <p>Of one moment nothing is known of the order: an order by id would be learned, too, and it
 * would find a hold-out by id again.
 *
 * <p>Half of what it knows is in the weights below 0. On ml-latest-small (validation NDCG@10) all
 * weights rank with .083, those above 0 alone with .057, EASE with .055 at the same decay.
 */
public final class TransitionWeights {
  private static final int ROWS_PER_PART = 16;

  /** Beyond, a history is a robot's. */
  private static final int MOST_OF_A_USER = 10_000;

  private static final int GROUP = 4;

  private TransitionWeights() {}

  /**
   * Learns.
   *
   * @param weighting what the interactions of a history weigh, as in the user encoder
   * @param options lambda and the most items; holds two squares of them in double
   */
  public static DenseItemWeights of(
      Histories all, HistoryWeighting weighting, NeighbourOptions options, Workers workers) {
    Histories histories = all.newest(MOST_OF_A_USER);
    int[] popularity = histories.popularity();
    CommonItems common =
        CommonItems.of(Arrays.stream(popularity).asDoubleStream().toArray(), options.maxItems());
    int n = common.size();
    double[][] gram = new double[n][n];
    double[][] next = new double[n][n];
    fill(gram, next, histories, new PrefixMoments(histories, weighting), common, workers);
    double lambda = options.lambda() * weighting.values().unit(histories);
    for (int place = 0; place < n; place++) {
      gram[place][place] += lambda;
    }
    BlockInverse.invert(gram, workers);
    return new DenseItemWeights(common, popularity.length, product(gram, next, workers));
  }

  private static void fill(
      double[][] gram,
      double[][] next,
      Histories histories,
      PrefixMoments moments,
      CommonItems common,
      Workers workers) {
    int[] users = new int[histories.size()];
    for (int u = 0; u < histories.userCount(); u++) {
      Arrays.fill(users, histories.start(u), histories.end(u), u);
    }
    int[][] positions = positions(histories, common);
    workers.run(
        common.size(),
        place -> {
          for (int p : positions[place]) {
            for (int q = histories.start(users[p]); q < histories.end(users[p]); q++) {
              int other = common.place(histories.item(q));
              if (other >= 0) {
                gram[place][other] += moments.product(p, q);
                if (moments.holds(q, p)) {
                  next[place][other] += moments.weight(q, p);
                }
              }
            }
          }
        });
  }

  /** Where each item is, in the order of positions: sums over them do not depend on threads. */
  private static int[][] positions(Histories histories, CommonItems common) {
    int[] popularity = histories.popularity();
    int[][] positions = new int[common.size()][];
    for (int place = 0; place < positions.length; place++) {
      positions[place] = new int[popularity[common.item(place)]];
    }
    int[] at = new int[positions.length];
    for (int p = 0; p < histories.size(); p++) {
      int place = common.place(histories.item(p));
      if (place >= 0) {
        positions[place][at[place]++] = p;
      }
    }
    return positions;
  }

  /**
   * {@code A B} in float without its diagonal: nobody is asked whether they want what they have.
   */
  private static float[][] product(double[][] a, double[][] b, Workers workers) {
    int n = a.length;
    float[][] product = new float[n][n];
    workers.runRows(
        n,
        ROWS_PER_PART,
        (part, from, to) -> {
          double[][] sums = new double[to - from][n];
          int whole = n - n % GROUP;
          // Rows of B pass through the cache once for all rows of the part.
          for (int k = 0; k < whole; k += GROUP) {
            for (int row = from; row < to; row++) {
              double[] f = a[row];
              BlockInverse.addFour(
                  sums[row - from],
                  f[k],
                  b[k],
                  f[k + 1],
                  b[k + 1],
                  f[k + 2],
                  b[k + 2],
                  f[k + 3],
                  b[k + 3]);
            }
          }
          for (int row = from; row < to; row++) {
            for (int k = whole; k < n; k++) {
              BlockInverse.add(sums[row - from], a[row][k], b[k]);
            }
            for (int j = 0; j < n; j++) {
              product[row][j] = row == j ? 0f : (float) sums[row - from][j];
            }
          }
        });
    return product;
  }
}
