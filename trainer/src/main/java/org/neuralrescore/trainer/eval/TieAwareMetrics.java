// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;

/**
 * The metrics of one case as expectations over a uniformly random order within every group of equal
 * scores (McSherry and Najork 2008, "Computing Information Retrieval Performance Measures
 * Efficiently in the Presence of Tied Scores"). A ranker that scores everything the same gets
 * exactly what chance gets.
 */
public final class TieAwareMetrics {
  private final int cutoff;

  // By distinct target score, rising: targets with it, and ranked items with it.
  private final float[] scores;
  private final int[] targets;
  private final int[] items;
  // Ranked items between one distinct target score and the next.
  private final int[] above;
  private int groups;

  /**
   * Begins a case.
   *
   * @param cutoff k
   * @param targetScores the targets' scores, finite
   */
  public TieAwareMetrics(int cutoff, float[] targetScores) {
    this.cutoff = cutoff;
    float[] sorted = targetScores.clone();
    Arrays.sort(sorted);
    scores = new float[sorted.length];
    targets = new int[sorted.length];
    items = new int[sorted.length];
    above = new int[sorted.length];
    for (float score : sorted) {
      // Zeros of both signs are one score.
      float value = score == 0f ? 0f : score;
      if (groups > 0 && scores[groups - 1] == value) {
        targets[groups - 1]++;
      } else {
        scores[groups] = value;
        targets[groups] = 1;
        groups++;
      }
    }
  }

  /** One ranked item, a target or not. */
  public void add(float score) {
    if (score < scores[0]) {
      return;
    }
    int low = 0;
    int high = groups - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (scores[middle] <= score) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (scores[low] == score) {
      items[low]++;
    } else {
      above[low]++;
    }
  }

  /** The figures, once every ranked item was added. */
  public CaseMetrics compute() {
    double found = 0;
    double dcg = 0;
    double precision = 0;
    double missAll = 1;
    double reciprocal = 0;
    int total = 0;
    int position = 0;
    for (int g = groups - 1; g >= 0; g--) {
      position += above[g];
      int n = items[g];
      int t = targets[g];
      int within = Math.min(n, cutoff - position);
      double chance = t / (double) n;
      // The chance that the group's first j places hold no target.
      double noneYet = 1;
      for (int j = 0; j < within; j++) {
        int rank = position + j + 1;
        found += chance;
        dcg += chance * discount(rank);
        double pairs = n > 1 ? j * (t - 1) / (double) (n - 1) : 0;
        precision += chance * (total + 1 + pairs) / rank;
        double noneNext = noneYet * Math.max(0, n - j - t) / (n - j);
        if (total == 0) {
          reciprocal += (noneYet - noneNext) / rank;
        }
        noneYet = noneNext;
      }
      if (within > 0) {
        missAll *= noneYet;
      }
      position += n;
      total += t;
    }
    int reachable = Math.min(total, cutoff);
    double ideal = 0;
    for (int rank = 1; rank <= reachable; rank++) {
      ideal += discount(rank);
    }
    return new CaseMetrics(
        1 - missAll, dcg / ideal, found / total, reciprocal, precision / reachable);
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1.0);
  }
}
