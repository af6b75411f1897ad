// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Compares one served list after another with the scores computed offline.
 *
 * <p>A hit at place {@code p} (from 1) agrees when {@code above < p <= above + level}, where {@code
 * above} items score higher offline by more than the noise of float arithmetic and {@code level}
 * are within it, the hit itself included. Items that tie may stand in any order, all others in one
 * only: two engines that add the same products in another order differ in the last bits, and sparse
 * factors tie often. A held-out item that is missing from the list agrees when it may stand below,
 * and a list that ends where the index does has every item that was searched: an empty one agrees
 * with nothing but an empty index.
 *
 * <p>Not thread-safe.
 */
public final class RankAgreement {
  /** Relative difference that is arithmetic's, not the model's. */
  public static final float NOISE = 2e-6f;

  /** How far a served score may be from the trainer's. */
  private static final double SCORE_TOLERANCE = 1e-4;

  private int cases;
  private int hits;
  private int mismatches;
  private double maxDifference;

  /**
   * Compares one list.
   *
   * @param offline [items], final scores as the server would give them, before exclusion
   * @param excluded rows that were not searched, or are not in the index
   * @param targets rows of the held-out items
   * @param rows rows of the hits, best first
   * @param scores [hits], what the server gave
   * @param whole whether the server had no more to give
   */
  public void add(
      float[] offline, BitSet excluded, int[] targets, int[] rows, float[] scores, boolean whole) {
    float[] ordered = candidates(offline, excluded);
    cases++;
    boolean agrees = rows.length == scores.length && (!whole || rows.length == ordered.length);
    BitSet found = new BitSet();
    for (int place = 0; place < rows.length; place++) {
      int row = rows[place];
      hits++;
      maxDifference = Math.max(maxDifference, Math.abs((double) offline[row] - scores[place]));
      int above = countAbove(ordered, offline[row], true);
      int aboveOrLevel = countAbove(ordered, offline[row], false);
      agrees &= !excluded.get(row) && above <= place && place < aboveOrLevel;
      found.set(row);
    }
    boolean complete = rows.length >= ordered.length;
    for (int target : targets) {
      if (!found.get(target) && !excluded.get(target)) {
        agrees &= !complete && countAbove(ordered, offline[target], false) > rows.length;
      }
    }
    if (!agrees) {
      mismatches++;
    }
  }

  private static float[] candidates(float[] offline, BitSet excluded) {
    float[] ordered = new float[offline.length - excluded.cardinality()];
    int n = 0;
    for (int row = excluded.nextClearBit(0);
        row < offline.length;
        row = excluded.nextClearBit(row + 1)) {
      ordered[n++] = offline[row];
    }
    Arrays.sort(ordered);
    return ordered;
  }

  /** How many candidates score above by more than noise, or (not strictly) at least level. */
  private static int countAbove(float[] rising, float score, boolean strictly) {
    float noise = NOISE * Math.max(1e-3f, Math.abs(score));
    float bound = strictly ? score + noise : score - noise;
    int low = 0;
    int high = rising.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean above = strictly ? rising[middle] > bound : rising[middle] >= bound;
      if (above) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return rising.length - low;
  }

  /** Lists compared. */
  public int cases() {
    return cases;
  }

  /** Hits compared. */
  public int hits() {
    return hits;
  }

  /** Lists in which at least one hit, or a held-out item, stands where it may not. */
  public int mismatches() {
    return mismatches;
  }

  /** The largest absolute difference of a score. */
  public double maxDifference() {
    return maxDifference;
  }

  /** Whether all lists agree in rank, and all scores to 1e-4. */
  public boolean agrees() {
    return mismatches == 0 && maxDifference <= SCORE_TOLERANCE;
  }
}
