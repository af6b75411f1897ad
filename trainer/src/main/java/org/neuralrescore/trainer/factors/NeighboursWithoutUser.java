// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * Items of two sides without one of their users, to first order: the weights into an item are sums
 * over whoever touched it, so what it offers shrinks by the user's share of its rows. Exactly would
 * be another regression a user. The shares of this user's other items shrink by more than that, so
 * a scorer still sees a rare item a little surer than a search will.
 */
final class NeighboursWithoutUser implements ItemsWithoutUser {
  private final FactorMatrix items;
  private final LearningRows rows;
  private final SparseMatrix byItem;
  private final double[] x;
  private int item = -1;
  private double total;

  /**
   * Prepares.
   *
   * @param items [items x 2 k], rows {@code [v, u]}
   * @param rows whose each row of the learned matrix is
   * @param byItem [items x rows]
   */
  NeighboursWithoutUser(FactorMatrix items, LearningRows rows, SparseMatrix byItem) {
    this.items = items;
    this.rows = rows;
    this.byItem = byItem;
    x = new double[items.rank()];
  }

  @Override
  public void select(int itemRow) {
    item = itemRow;
    total = 0;
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      total += byItem.values()[p];
    }
  }

  @Override
  public double[] without(int user) {
    double own = 0;
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      if (rows.owner(byItem.columns()[p]) == user) {
        own += byItem.values()[p];
      }
    }
    if (!(own > 0)) {
      throw ItemsWithoutUser.neverTouched(user, item);
    }
    double left = Math.max(0, 1 - own / total);
    for (int f = 0; f < x.length; f++) {
      x[f] = left * items.values()[item * x.length + f];
    }
    return x;
  }
}
