// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import org.neuralrescore.trainer.model.ItemNeighbours;

/** A row of weights an item, each written once and by one thread, and all of them behind it. */
final class WeightRows {
  private final int[][] speakers;
  private final float[][] weights;

  WeightRows(int items) {
    speakers = new int[items][];
    weights = new float[items][];
  }

  /**
   * Writes a row.
   *
   * @param own who speaks for the item, rising; not copied
   * @param theirs what each weighs; not copied
   */
  void write(int item, int[] own, float[] theirs) {
    speakers[item] = own;
    weights[item] = theirs;
  }

  /** All rows, copied. */
  ItemNeighbours stack() {
    int[] offsets = new int[speakers.length + 1];
    for (int item = 0; item < speakers.length; item++) {
      offsets[item + 1] = Math.addExact(offsets[item], speakers[item].length);
    }
    int[] allSpeakers = new int[offsets[speakers.length]];
    float[] allWeights = new float[allSpeakers.length];
    for (int item = 0; item < speakers.length; item++) {
      int n = speakers[item].length;
      System.arraycopy(speakers[item], 0, allSpeakers, offsets[item], n);
      System.arraycopy(weights[item], 0, allWeights, offsets[item], n);
    }
    return new ItemNeighbours(offsets, allSpeakers, allWeights);
  }
}
