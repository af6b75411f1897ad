package org.neuralrescore.trainer.neighbour;

import java.util.Arrays;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/** {@code (X'X + lambda I)^-1} over some columns of X, by whichever side of X is shorter. */
public final class EaseInverse {
  private static final int ITEMS_PER_PART = 32;

  private EaseInverse() {}

  /**
   * Inverts.
   *
   * @param byUser X, [users x items]
   * @param items the columns that count
   * @param places by column, its index in {@code items} or -1
   * @return [items.length][items.length]
   */
  public static double[][] of(
      SparseMatrix byUser, int[] items, int[] places, double lambda, Workers workers) {
    return byUser.rowCount() < items.length
        ? ofUsers(byUser, items, places, lambda, workers)
        : ofItems(byUser, items, places, lambda, workers);
  }

  static double[][] ofItems(
      SparseMatrix byUser, int[] items, int[] places, double lambda, Workers workers) {
    SparseMatrix byItem = byUser.transpose();
    double[][] gram = new double[items.length][items.length];
    workers.run(
        items.length,
        place -> {
          for (int p = byItem.start(items[place]); p < byItem.end(items[place]); p++) {
            addRow(gram[place], byUser, byItem.columns()[p], places, byItem.values()[p]);
          }
          gram[place][place] += lambda;
        });
    BlockInverse.invert(gram, workers);
    return gram;
  }

  /** Woodbury: {@code (I - X' (XX' + lambda I)^-1 X) / lambda}. */
  static double[][] ofUsers(
      SparseMatrix byUser, int[] items, int[] places, double lambda, Workers workers) {
    SparseMatrix byItem = byUser.transpose();
    int users = byUser.rowCount();
    double[][] k = new double[users][users];
    workers.run(
        users,
        user -> {
          for (int p = byUser.start(user); p < byUser.end(user); p++) {
            int item = byUser.columns()[p];
            if (places[item] >= 0) {
              for (int q = byItem.start(item); q < byItem.end(item); q++) {
                k[user][byItem.columns()[q]] += (double) byUser.values()[p] * byItem.values()[q];
              }
            }
          }
          k[user][user] += lambda;
        });
    BlockInverse.invert(k, workers);
    double[][] kx = new double[users][items.length];
    workers.run(
        users,
        user -> {
          for (int other = 0; other < users; other++) {
            addRow(kx[user], byUser, other, places, k[user][other]);
          }
        });
    double[][] inverse = new double[items.length][items.length];
    workers.runRows(
        items.length,
        ITEMS_PER_PART,
        (part, from, to) -> {
          for (int place = from; place < to; place++) {
            double[] row = inverse[place];
            for (int p = byItem.start(items[place]); p < byItem.end(items[place]); p++) {
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

  private static void addRow(
      double[] sum, SparseMatrix byUser, int user, int[] places, double value) {
    for (int p = byUser.start(user); p < byUser.end(user); p++) {
      int place = places[byUser.columns()[p]];
      if (place >= 0) {
        sum[place] += value * byUser.values()[p];
      }
    }
  }
}
