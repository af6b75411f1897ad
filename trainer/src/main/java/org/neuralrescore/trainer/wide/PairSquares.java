// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;

/**
 * The squares of some neighbourhoods at once. Neighbourhoods overlap, and by itself each sums the
 * same pairs anew; here an item's sums with all later items are read once and dealt to every
 * neighbourhood that holds it. Never items by items: so many neighbourhoods a block ({@link
 * #inABlock}) have room for their upper triangles, and each block reads all items again.
 *
 * <p>Every sum is written by the thread that reads its item: the same on any number of threads.
 */
final class PairSquares implements Squares {
  /** Sums of a block, of 4 bytes each: 320 MB. */
  private static final int MOST_SUMS = 80_000_000;

  private static final int ITEMS_PER_PART = 16;

  private final int first;
  private final Neighbourhood[] neighbourhoods;

  /** By neighbourhood its pairs a before b, row by row. */
  private final float[][] sums;

  /** By item, where it stands: neighbourhoods and places, from start to start. */
  private final int[] starts;

  private final int[] holders;
  private final int[] places;

  private PairSquares(int first, Neighbourhood[] neighbourhoods, int items) {
    this.first = first;
    this.neighbourhoods = neighbourhoods;
    sums = new float[neighbourhoods.length][];
    starts = new int[items + 1];
    for (int h = 0; h < neighbourhoods.length; h++) {
      sums[h] = new float[pairs(neighbourhoods[h].size())];
      for (int item : neighbourhoods[h].items()) {
        starts[item + 1]++;
      }
    }
    for (int item = 0; item < items; item++) {
      starts[item + 1] += starts[item];
    }
    holders = new int[starts[items]];
    places = new int[starts[items]];
    int[] next = starts.clone();
    for (int h = 0; h < neighbourhoods.length; h++) {
      int[] chosen = neighbourhoods[h].items();
      for (int place = 0; place < chosen.length; place++) {
        holders[next[chosen[place]]] = h;
        places[next[chosen[place]]++] = place;
      }
    }
  }

  /** How many neighbourhoods have room, of so many items at most. */
  static int inABlock(int most) {
    return Math.max(1, MOST_SUMS / Math.max(1, pairs(most)));
  }

  private static int pairs(int size) {
    return size * (size - 1) / 2;
  }

  /**
   * Sums.
   *
   * @param first the target of the first neighbourhood; the others follow it
   * @param items how many there are
   */
  static PairSquares of(
      int first,
      Neighbourhood[] neighbourhoods,
      int items,
      ScratchPool<PairMoments> free,
      Workers workers) {
    PairSquares squares = new PairSquares(first, neighbourhoods, items);
    workers.runRows(
        items,
        ITEMS_PER_PART,
        (part, from, to) -> {
          PairMoments moments = free.borrow();
          for (int item = from; item < to; item++) {
            squares.deal(item, moments);
          }
          free.giveBack(moments);
        });
    return squares;
  }

  private void deal(int item, PairMoments moments) {
    if (starts[item] == starts[item + 1]) {
      return;
    }
    moments.readSquares(item);
    for (int i = starts[item]; i < starts[item + 1]; i++) {
      int[] chosen = neighbourhoods[holders[i]].items();
      float[] to = sums[holders[i]];
      int at = row(places[i], chosen.length);
      for (int b = places[i] + 1; b < chosen.length; b++) {
        to[at++] = (float) moments.sum(chosen[b]);
      }
    }
  }

  /** Where the pairs of a place and later ones begin. */
  private static int row(int place, int size) {
    return place * (2 * size - place - 1) / 2;
  }

  @Override
  public void addTo(int target, Neighbourhood neighbourhood, double[][] gram) {
    float[] from = sums[target - first];
    int n = neighbourhood.size();
    for (int a = 0; a < n; a++) {
      double[] to = gram[a];
      int at = row(a, n);
      for (int b = a + 1; b < n; b++) {
        to[b] += from[at++];
      }
    }
  }
}
