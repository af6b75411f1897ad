// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.factors.neighbour.CommonItems;
import org.neuralrescore.trainer.factors.neighbour.EaseInverse;

/**
 * EASE where a matrix of items is too large and one of users is not. By Woodbury's identity {@code
 * P = (X'X + lambda I)^-1 = (I - X' K X) / lambda} with {@code K = (XX' + lambda I)^-1}, a matrix
 * of users, and {@code h B = h - (h P) / diag(P)} for a history h: the same scores for all items,
 * without a matrix of items.
 */
final class DualEase implements Ranker {
  private static final int ITEMS_PER_PART = 64;

  private final HistoryWeighting weighting;
  private final SparseMatrix byUser;
  private final SparseMatrix byItem;
  private final double[][] inverse;
  // lambda times the diagonal of P.
  private final double[] diagonal;

  private DualEase(
      HistoryWeighting weighting,
      SparseMatrix byUser,
      SparseMatrix byItem,
      double[][] inverse,
      double[] diagonal) {
    this.weighting = weighting;
    this.byUser = byUser;
    this.byItem = byItem;
    this.inverse = inverse;
    this.diagonal = diagonal;
  }

  /**
   * Learns.
   *
   * @param lambda above 0
   */
  static LearnedBaseline learn(Histories learned, double lambda, Workers workers) {
    SparseMatrix byUser = learned.toMatrix();
    SparseMatrix byItem = byUser.transpose();
    CommonItems all = CommonItems.of(byUser, learned.itemCount());
    double[][] k = EaseInverse.ofRows(byUser, byItem, all, lambda, workers);
    double[] diagonal = new double[byItem.rowCount()];
    workers.runRows(
        diagonal.length,
        ITEMS_PER_PART,
        (part, from, to) -> {
          for (int item = from; item < to; item++) {
            double sum = 0;
            for (int p = byItem.start(item); p < byItem.end(item); p++) {
              double[] row = k[byItem.columns()[p]];
              for (int q = byItem.start(item); q < byItem.end(item); q++) {
                sum += row[byItem.columns()[q]];
              }
            }
            diagonal[item] = 1 - sum;
          }
        });
    return weighting -> new DualEase(weighting, byUser, byItem, k, diagonal);
  }

  @Override
  public String label() {
    return Baseline.EASE.label();
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    float[] history = weighting.weights(seen, user, seen.end(user));
    double[] alike = new double[inverse.length];
    for (int i = 0; i < history.length; i++) {
      int item = seen.item(seen.start(user) + i);
      for (int p = byItem.start(item); p < byItem.end(item); p++) {
        alike[byItem.columns()[p]] += history[i];
      }
    }
    double[] sums = new double[scores.length];
    for (int u = 0; u < inverse.length; u++) {
      double weight = 0;
      for (int v = 0; v < inverse.length; v++) {
        weight += inverse[u][v] * alike[v];
      }
      for (int p = byUser.start(u); p < byUser.end(u); p++) {
        sums[byUser.columns()[p]] += weight;
      }
    }
    double[] own = new double[scores.length];
    for (int i = 0; i < history.length; i++) {
      own[seen.item(seen.start(user) + i)] = history[i];
    }
    for (int item = 0; item < scores.length; item++) {
      scores[item] = (float) (own[item] - (own[item] - sums[item]) / diagonal[item]);
    }
  }
}
