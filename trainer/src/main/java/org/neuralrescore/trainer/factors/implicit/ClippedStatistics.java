// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import java.util.Arrays;
import org.neuralrescore.trainer.base.math.RandomStreams;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.Gram;

/**
 * What the item side of an alternation needs of users, each of whom can move it only so far: at
 * most {@code clipInteractions} cells a user, cell weights of at most 1, user vectors of at most
 * {@code clipNorm}. Which cells of a user count depends on that user's own cells and on nobody
 * else.
 *
 * <p>With or without one user, for {@code k} cells and norm {@code g}, in L2 over everything: item
 * Gram matrices differ by at most {@code sqrt(k) g^2} (upper triangles no more than that), their
 * right-hand sides by {@code sqrt(k) g}, the Gram matrix of all users by {@code g^2}, and item
 * weights together with the number of users by {@code sqrt(k + 1)}.
 */
final class ClippedStatistics {
  private static final int ITEMS_PER_PART = 32;

  private final double clipNorm;
  private final int clipInteractions;

  ClippedStatistics(double clipNorm, int clipInteractions) {
    this.clipNorm = clipNorm;
    this.clipInteractions = clipInteractions;
  }

  double gramSensitivity() {
    return Math.sqrt(clipInteractions) * clipNorm * clipNorm;
  }

  double sumSensitivity() {
    return Math.sqrt(clipInteractions) * clipNorm;
  }

  double allUsersSensitivity() {
    return clipNorm * clipNorm;
  }

  double countSensitivity() {
    return Math.sqrt(clipInteractions + 1.0);
  }

  /** The cells that count, with weights of at most 1. */
  SparseMatrix clipCells(SparseMatrix cells) {
    int[] starts = new int[cells.rowCount() + 1];
    int[] columns = new int[cells.size()];
    float[] values = new float[cells.size()];
    int to = 0;
    for (int row = 0; row < cells.rowCount(); row++) {
      int from = cells.start(row);
      int n = cells.end(row) - from;
      int[] own = Arrays.copyOfRange(cells.columns(), from, from + n);
      boolean[] counts = drawn(own);
      for (int i = 0; i < n; i++) {
        if (counts[i]) {
          columns[to] = own[i];
          values[to++] = Math.min(1f, cells.values()[from + i]);
        }
      }
      starts[row + 1] = to;
    }
    return new SparseMatrix(
        cells.columnCount(), starts, Arrays.copyOf(columns, to), Arrays.copyOf(values, to));
  }

  /** A draw of a user's cells by a hash that this user's cells alone decide. */
  private boolean[] drawn(int[] columns) {
    boolean[] counts = new boolean[columns.length];
    if (columns.length <= clipInteractions) {
      Arrays.fill(counts, true);
      return counts;
    }
    long salt = 0;
    for (int column : columns) {
      salt = RandomStreams.mix(salt + column);
    }
    long[] keys = new long[columns.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (RandomStreams.mix(salt ^ columns[i]) & ~0xffff_ffffL) | i;
    }
    Arrays.sort(keys);
    for (int i = 0; i < clipInteractions; i++) {
      counts[(int) keys[i]] = true;
    }
    return counts;
  }

  /** Cuts user vectors to the clip norm, in place. */
  void clipRows(double[] users, int rank) {
    for (int offset = 0; offset < users.length; offset += rank) {
      double squares = 0;
      for (int f = offset; f < offset + rank; f++) {
        squares += users[f] * users[f];
      }
      double norm = Math.sqrt(squares);
      if (norm > clipNorm) {
        // A hair below, so that rounding cannot leave more than the norm.
        double scale = clipNorm / norm * (1 - 1e-12);
        for (int f = offset; f < offset + rank; f++) {
          users[f] *= scale;
        }
      }
    }
  }

  /** Receives one item's sums, which it may change. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Takes an item.
     *
     * @param triangle {@code sum a w w'}, upper triangle row by row, [rank (rank + 1) / 2]
     * @param sum {@code sum a w}, [rank]
     */
    void item(int item, double[] triangle, double[] sum);
  }

  /**
   * Sums over users, item by item.
   *
   * @param byItem [items x users], clipped
   * @param users clipped, row-major [users x rank]
   * @param receiver hears of every item once, those that nobody touched too, on any thread
   */
  static void forEachItem(
      SparseMatrix byItem, double[] users, int rank, Workers workers, Receiver receiver) {
    workers.runRows(
        byItem.rowCount(),
        ITEMS_PER_PART,
        (part, from, to) -> {
          for (int item = from; item < to; item++) {
            double[] triangle = new double[rank * (rank + 1) / 2];
            double[] sum = new double[rank];
            for (int p = byItem.start(item); p < byItem.end(item); p++) {
              int offset = byItem.columns()[p] * rank;
              addOuter(triangle, users, offset, rank, byItem.values()[p]);
              for (int f = 0; f < rank; f++) {
                sum[f] += byItem.values()[p] * users[offset + f];
              }
            }
            receiver.item(item, triangle, sum);
          }
        });
  }

  /** {@code sum w w'} over all users, upper triangle. */
  static double[] allUsers(double[] users, int rank, Workers workers) {
    double[][] gram = Gram.of(users, rank, workers);
    double[] triangle = new double[rank * (rank + 1) / 2];
    int to = 0;
    for (int f = 0; f < rank; f++) {
      for (int g = f; g < rank; g++) {
        triangle[to++] = gram[f][g];
      }
    }
    return triangle;
  }

  /** The weight of every item, and behind them the number of users who have any. */
  static double[] counts(SparseMatrix byUser) {
    double[] counts = new double[byUser.columnCount() + 1];
    for (int u = 0; u < byUser.rowCount(); u++) {
      for (int p = byUser.start(u); p < byUser.end(u); p++) {
        counts[byUser.columns()[p]] += byUser.values()[p];
      }
      counts[byUser.columnCount()] += byUser.end(u) > byUser.start(u) ? 1 : 0;
    }
    return counts;
  }

  private static void addOuter(
      double[] triangle, double[] users, int offset, int rank, double weight) {
    int to = 0;
    for (int f = 0; f < rank; f++) {
      double scaled = weight * users[offset + f];
      if (scaled == 0.0) {
        to += rank - f;
        continue;
      }
      for (int g = f; g < rank; g++) {
        triangle[to++] += scaled * users[offset + g];
      }
    }
  }
}
