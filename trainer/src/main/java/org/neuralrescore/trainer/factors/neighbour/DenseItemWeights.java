// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Arrays;

/** A weight of either sign for every pair of the commonest items, 0 for all others. */
public final class DenseItemWeights implements ItemWeights {
  private final CommonItems common;
  private final int items;
  private final float[][] weights;

  /**
   * @param common the items that weights are for
   * @param items all items
   * @param weights [common.size()][common.size()], by place: row i says what having touched item i
   *     says of the others; not copied
   */
  public DenseItemWeights(CommonItems common, int items, float[][] weights) {
    this.common = common;
    this.items = items;
    this.weights = weights;
  }

  @Override
  public int itemCount() {
    return items;
  }

  @Override
  public boolean knows(int item) {
    return common.place(item) >= 0;
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public void sum(int[] touched, float[] by, float[] sums) {
    float[] byPlace = new float[common.size()];
    for (int i = 0; i < touched.length; i++) {
      int place = common.place(touched[i]);
      if (place >= 0) {
        float weight = by[i];
        float[] row = weights[place];
        for (int j = 0; j < byPlace.length; j++) {
          byPlace[j] += weight * row[j];
        }
      }
    }
    Arrays.fill(sums, 0f);
    for (int place = 0; place < byPlace.length; place++) {
      sums[common.item(place)] = byPlace[place];
    }
  }

  /** The weight of an item as evidence for another; 0 where one of both is not known. */
  public float weight(int touched, int other) {
    int from = common.place(touched);
    int to = common.place(other);
    return from < 0 || to < 0 ? 0f : weights[from][to];
  }
}
