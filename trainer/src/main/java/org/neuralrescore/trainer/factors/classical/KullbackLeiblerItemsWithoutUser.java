// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.classical;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.ItemsWithoutUser;
import org.neuralrescore.trainer.factors.solver.Penalty;

/**
 * Of the Kullback-Leibler divergence: one multiplicative step (Lee and Seung 2001) from the item as
 * it is, with the user's share taken out of both sums. A finished item is the fixed point of that
 * step, so what moves it is the user alone.
 */
final class KullbackLeiblerItemsWithoutUser implements ItemsWithoutUser {
  private static final double TINY = 1e-12;

  private final Factors factors;
  private final LearningRows rows;
  private final SparseMatrix byItem;
  private final Penalty penalty;
  private final double[] userSums;
  private final double[] fullPull;
  private final double[] pull;
  private final double[] cost;
  private final double[] x;
  private int item = -1;

  /**
   * Prepares.
   *
   * @param byItem [items x rows], the weights that the factors were learned from
   * @param userSums column sums of W, [rank], shared, not written to
   */
  KullbackLeiblerItemsWithoutUser(
      Factors factors, LearningRows rows, SparseMatrix byItem, Penalty penalty, double[] userSums) {
    this.factors = factors;
    this.rows = rows;
    this.byItem = byItem;
    this.penalty = penalty;
    this.userSums = userSums;
    int rank = factors.rank();
    fullPull = new double[rank];
    pull = new double[rank];
    cost = new double[rank];
    x = new double[rank];
  }

  @Override
  public void select(int itemRow) {
    item = itemRow;
    Arrays.fill(fullPull, 0);
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      addPull(fullPull, p, 1);
    }
  }

  /** Adds a cell's share of the pull, {@code a / <w, h> w}. */
  private void addPull(double[] sum, int position, double sign) {
    int rank = factors.rank();
    int w = byItem.columns()[position] * rank;
    int h = item * rank;
    double prediction = TINY;
    for (int f = 0; f < rank; f++) {
      prediction += factors.rows()[w + f] * factors.columns()[h + f];
    }
    double ratio = sign * byItem.values()[position] / prediction;
    for (int f = 0; f < rank; f++) {
      sum[f] += ratio * factors.rows()[w + f];
    }
  }

  @Override
  public double[] without(int user) {
    int rank = factors.rank();
    System.arraycopy(fullPull, 0, pull, 0, rank);
    System.arraycopy(userSums, 0, cost, 0, rank);
    int taken = 0;
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      int learningRow = byItem.columns()[p];
      if (rows.owner(learningRow) == user) {
        addPull(pull, p, -1);
        for (int f = 0; f < rank; f++) {
          cost[f] -= factors.rows()[learningRow * rank + f];
        }
        taken++;
      }
    }
    if (taken == 0) {
      throw ItemsWithoutUser.neverTouched(user, item);
    }
    if (taken == byItem.end(item) - byItem.start(item)) {
      Arrays.fill(x, 0);
      return x;
    }
    for (int f = 0; f < rank; f++) {
      double now = factors.columns()[item * rank + f];
      double price = Math.max(0, cost[f]) + penalty.l1() + penalty.l2() * now + TINY;
      // Rounding may leave less than nothing where the user was the factor's only one.
      x[f] = now * Math.max(0, pull[f]) / price;
    }
    return x;
  }
}
