// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Few weights, none below 0. */
final class SparseItemWeights implements ItemWeights {
  private final SparseMatrix rows;
  private final boolean[] known;

  SparseItemWeights(SparseMatrix rows) {
    this.rows = rows;
    known = new boolean[rows.columnCount()];
    for (int item = 0; item < rows.rowCount(); item++) {
      for (int at = rows.start(item); at < rows.end(item); at++) {
        if (!(rows.values()[at] >= 0)) {
          throw new IllegalArgumentException(
              "sparse weights are not below 0, got " + rows.values()[at] + " of item " + item);
        }
        known[item] = true;
        known[rows.columns()[at]] = true;
      }
    }
  }

  @Override
  public int itemCount() {
    return known.length;
  }

  @Override
  public boolean knows(int item) {
    return known[item];
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public void sum(int[] items, float[] weights, float[] sums) {
    Arrays.fill(sums, 0f);
    for (int i = 0; i < items.length; i++) {
      for (int at = rows.start(items[i]); at < rows.end(items[i]); at++) {
        sums[rows.columns()[at]] += weights[i] * rows.values()[at];
      }
    }
  }
}
