// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.Arrays;

/**
 * What a history says of all items through {@link ItemNeighbours}: for every item the sum t of
 * {@code h_i w_ij} over the items i of the history that speak for it, how many those are, and the
 * largest of the terms, not below 0. Walks the history by item, so that each sum is added up in the
 * order in which a search adds it. One instance a thread.
 */
public final class NeighbourSums {
  private final ItemNeighbours bySpeaker;
  private final float[] sums;
  private final int[] matches;
  private final float[] largest;

  /**
   * Room for all items.
   *
   * @param bySpeaker of {@link ItemNeighbours#bySpeaker}, shared
   */
  public NeighbourSums(ItemNeighbours bySpeaker) {
    this.bySpeaker = bySpeaker;
    int items = bySpeaker.itemCount();
    sums = new float[items];
    matches = new int[items];
    largest = new float[items];
  }

  /** Sums up a history. */
  public void of(ItemHistory history) {
    Arrays.fill(sums, 0f);
    Arrays.fill(matches, 0);
    Arrays.fill(largest, 0f);
    for (int i = 0; i < history.size(); i++) {
      float weight = history.weight(i);
      int item = history.item(i);
      for (int p = bySpeaker.start(item); p < bySpeaker.end(item); p++) {
        int other = bySpeaker.items()[p];
        float term = weight * bySpeaker.weights()[p];
        sums[other] += term;
        matches[other]++;
        largest[other] = Math.max(largest[other], term);
      }
    }
  }

  /** What a network reads of a column: {@code sign(x) log(1 + |x|)}. */
  public static float asRead(float value) {
    return (float) (Math.signum(value) * Math.log1p(Math.abs(value)));
  }

  /**
   * Rows of x for all items: their own features, then sum, matches and largest of each.
   *
   * @param features of the items, perhaps none
   * @return row-major [items x (f + 3)], new
   */
  public float[] rows(ItemFeatures features) {
    int own = features.width();
    int width = own + ScorerInputs.WIDE_WIDTH;
    float[] rows = new float[Math.multiplyExact(sums.length, width)];
    for (int item = 0; item < sums.length; item++) {
      System.arraycopy(features.rows(), item * own, rows, item * width, own);
      copy(item, rows, item * width + own);
    }
    return rows;
  }

  /** Copies sum, matches and largest of an item. */
  public void copy(int item, float[] to, int offset) {
    to[offset] = sums[item];
    to[offset + 1] = matches[item];
    to[offset + 2] = largest[item];
  }

  /** t of every item, [items], not a copy, good until the next history. */
  public float[] sums() {
    return sums;
  }
}
