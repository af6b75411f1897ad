// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * The sums over pairs of items that have any, each computed once, where there is room for them:
 * neighbourhoods overlap, and without them every item sums those of its own neighbours anew. Rows
 * of sorted items, the later of each pair alone; never items by items.
 */
final class PairSquares {
  /** Pairs, of 8 bytes each: 320 MB. */
  private static final long MOST_PAIRS = 40_000_000;

  private static final int ITEMS_PER_PART = 16;

  /** Looking them up takes time, too. */
  private static final double GAIN = 3;

  private final int[][] items;
  private final float[][] sums;

  private PairSquares(int items) {
    this.items = new int[items][];
    sums = new float[items][];
  }

  /**
   * Empty where there may be too many, or where neighbourhoods by themselves take fewer steps.
   *
   * @param steps that all neighbourhoods take by themselves, about
   */
  static Optional<PairSquares> of(
      Histories histories, Supplier<PairMoments> moments, double steps, Workers workers) {
    if (mostPairs(histories) > MOST_PAIRS || allSteps(histories) > steps / GAIN) {
      return Optional.empty();
    }
    PairSquares squares = new PairSquares(histories.itemCount());
    ScratchPool<PairMoments> free = new ScratchPool<>(moments);
    workers.runRows(
        histories.itemCount(),
        ITEMS_PER_PART,
        (part, from, to) -> {
          PairMoments own = free.borrow();
          for (int item = from; item < to; item++) {
            squares.keep(item, own);
          }
          free.giveBack(own);
        });
    return Optional.of(squares);
  }

  private static double allSteps(Histories histories) {
    double steps = 0;
    for (int user = 0; user < histories.userCount(); user++) {
      steps += (double) histories.length(user) * histories.length(user);
    }
    return steps;
  }

  /** An upper bound: an item has pairs with what its users touched, and with no more than all. */
  static long mostPairs(Histories histories) {
    long[] beside = new long[histories.itemCount()];
    for (int user = 0; user < histories.userCount(); user++) {
      for (int p = histories.start(user); p < histories.end(user); p++) {
        beside[histories.item(p)] += histories.length(user);
      }
    }
    return Arrays.stream(beside).map(n -> Math.min(n, beside.length)).sum() / 2;
  }

  private void keep(int item, PairMoments moments) {
    moments.readSquares(item);
    int[] later = new int[moments.count()];
    for (int i = 0; i < later.length; i++) {
      later[i] = moments.touched(i);
    }
    Arrays.sort(later);
    float[] values = new float[later.length];
    for (int i = 0; i < later.length; i++) {
      values[i] = (float) moments.sum(later[i]);
    }
    items[item] = later;
    sums[item] = values;
  }

  /**
   * Adds the sums of some items' pairs, as {@link PairMoments#square} does.
   *
   * @param chosen rising
   */
  void addTo(int[] chosen, int n, double[][] gram) {
    for (int a = 0; a < n; a++) {
      int[] row = items[chosen[a]];
      float[] values = sums[chosen[a]];
      double[] to = gram[a];
      int from = 0;
      for (int b = a + 1; b < n && from < row.length; b++) {
        int at = Arrays.binarySearch(row, from, row.length, chosen[b]);
        if (at >= 0) {
          to[b] += values[at];
        }
        from = at >= 0 ? at + 1 : -at - 1;
      }
    }
  }
}
