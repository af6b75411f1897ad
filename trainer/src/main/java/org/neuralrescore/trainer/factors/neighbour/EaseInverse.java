// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** {@code (X'X + lambda I)^-1} over some columns of X, by whichever side of X is shorter. */
public final class EaseInverse {
  private static final int ITEMS_PER_PART = 32;

  private EaseInverse() {}

  /**
   * Inverts.
   *
   * @param byUser X, [users x items]
   * @param items the columns that count
   * @return [items.size()][items.size()], by place
   */
  public static double[][] of(
      SparseMatrix byUser, CommonItems items, double lambda, Workers workers) {
    return byUser.rowCount() < items.size()
        ? ofUsers(byUser, items, lambda, workers)
        : ofItems(byUser, items, lambda, workers);
  }

  static double[][] ofItems(
      SparseMatrix byUser, CommonItems items, double lambda, Workers workers) {
    SparseMatrix byItem = byUser.transpose();
    double[][] gram = new double[items.size()][items.size()];
    workers.run(
        items.size(),
        place -> {
          for (int p = byItem.start(items.item(place)); p < byItem.end(items.item(place)); p++) {
            addRow(gram[place], byUser, byItem.columns()[p], items, byItem.values()[p]);
          }
          gram[place][place] += lambda;
        });
    BlockInverse.invert(gram, workers);
    return gram;
  }

  /** Woodbury: {@code (I - X' (XX' + lambda I)^-1 X) / lambda}. */
  static double[][] ofUsers(
      SparseMatrix byUser, CommonItems items, double lambda, Workers workers) {
    SparseMatrix byItem = byUser.transpose();
    int users = byUser.rowCount();
    double[][] k = ofRows(byUser, byItem, items, lambda, workers);
    double[][] kx = new double[users][items.size()];
    workers.run(
        users,
        user -> {
          for (int other = 0; other < users; other++) {
            addRow(kx[user], byUser, other, items, k[user][other]);
          }
        });
    double[][] inverse = new double[items.size()][items.size()];
    workers.runRows(
        items.size(),
        ITEMS_PER_PART,
        (part, from, to) -> {
          for (int place = from; place < to; place++) {
            double[] row = inverse[place];
            for (int p = byItem.start(items.item(place)); p < byItem.end(items.item(place)); p++) {
              double[] of = kx[byItem.columns()[p]];
              double value = byItem.values()[p];
              for (int j = 0; j < row.length; j++) {
                row[j] -= value * of[j];
              }
            }
            row[place] += 1;
            Arrays.setAll(row, j -> row[j] / lambda);
          }
        });
    return inverse;
  }

  /**
   * {@code (XX' + lambda I)^-1}, a matrix of rows.
   *
   * @param byItem X', [items x users]
   * @param items the columns that count
   */
  public static double[][] ofRows(
      SparseMatrix byUser, SparseMatrix byItem, CommonItems items, double lambda, Workers workers) {
    int users = byUser.rowCount();
    double[][] k = new double[users][users];
    workers.run(
        users,
        user -> {
          for (int p = byUser.start(user); p < byUser.end(user); p++) {
            int item = byUser.columns()[p];
            if (items.place(item) >= 0) {
              for (int q = byItem.start(item); q < byItem.end(item); q++) {
                k[user][byItem.columns()[q]] += (double) byUser.values()[p] * byItem.values()[q];
              }
            }
          }
          k[user][user] += lambda;
        });
    BlockInverse.invert(k, workers);
    return k;
  }

  private static void addRow(
      double[] sum, SparseMatrix byUser, int user, CommonItems items, double value) {
    for (int p = byUser.start(user); p < byUser.end(user); p++) {
      int place = items.place(byUser.columns()[p]);
      if (place >= 0) {
        sum[place] += value * byUser.values()[p];
      }
    }
  }
}
