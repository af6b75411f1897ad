// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

/** Items that were learned from other users: without one of these they are what they are. */
final class ItemsOfOthers implements ItemsWithoutUser {
  private final Factors factors;
  private final double[] item;

  ItemsOfOthers(Factors factors) {
    this.factors = factors;
    this.item = new double[factors.rank()];
  }

  @Override
  public void select(int itemRow) {
    System.arraycopy(factors.columns(), itemRow * item.length, item, 0, item.length);
  }

  @Override
  public double[] without(int user) {
    return item;
  }
}
