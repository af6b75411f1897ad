// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often each item is among the first k, as an expectation over a uniformly random order within
 * every group of equal scores: where {@code t} items tie for the last {@code r} places, each of
 * them is there with a chance of {@code r / t}. Not thread-safe.
 */
final class Exposure {
  private final int cutoff;
  private final double[] appearances;
  // The chance that an item is in no list so far.
  private final double[] absence;

  private final float[] top;
  private final int[] within;

  Exposure(int itemCount, int cutoff) {
    this.cutoff = Math.min(cutoff, itemCount);
    this.appearances = new double[itemCount];
    this.absence = new double[itemCount];
    Arrays.fill(absence, 1);
    this.top = new float[this.cutoff];
    this.within = new int[itemCount];
  }

  /**
   * One more list.
   *
   * @param scores [items], minus infinity for what is not ranked
   */
  void add(float[] scores) {
    float last = lastScore(scores);
    int above = 0;
    int level = 0;
    int n = 0;
    for (int item = 0; item < scores.length; item++) {
      float score = scores[item];
      if (score >= last && score != Float.NEGATIVE_INFINITY) {
        within[n++] = item;
        if (score > last) {
          above++;
        } else {
          level++;
        }
      }
    }
    double chance = Math.min(1, (cutoff - above) / (double) Math.max(1, level));
    for (int i = 0; i < n; i++) {
      int item = within[i];
      double p = scores[item] > last ? 1 : chance;
      appearances[item] += p;
      absence[item] *= 1 - p;
    }
  }

  /** The k-th largest score; minus infinity where fewer items are ranked. */
  private float lastScore(float[] scores) {
    Arrays.fill(top, Float.NEGATIVE_INFINITY);
    int last = cutoff - 1;
    for (float score : scores) {
      if (score > top[last]) {
        int place = last;
        while (place > 0 && top[place - 1] < score) {
          top[place] = top[place - 1];
          place--;
        }
        top[place] = score;
      }
    }
    return top[last];
  }

  /** Adds the lists of another, which come after these. */
  void merge(Exposure later) {
    for (int item = 0; item < appearances.length; item++) {
      appearances[item] += later.appearances[item];
      absence[item] *= later.absence[item];
    }
  }

  /** Writes the items that are in a list. */
  void write(DataOutputStream out) throws IOException {
    int listed = 0;
    for (int item = 0; item < appearances.length; item++) {
      listed += isListed(item) ? 1 : 0;
    }
    out.writeInt(appearances.length);
    out.writeInt(cutoff);
    out.writeInt(listed);
    for (int item = 0; item < appearances.length; item++) {
      if (isListed(item)) {
        out.writeInt(item);
        out.writeDouble(appearances[item]);
        out.writeDouble(absence[item]);
      }
    }
  }

  private boolean isListed(int item) {
    return appearances[item] != 0 || absence[item] != 1;
  }

  /** As {@link #write} wrote it. */
  static Exposure read(DataInputStream in) throws IOException {
    Exposure exposure = new Exposure(in.readInt(), in.readInt());
    for (int listed = in.readInt(); listed > 0; listed--) {
      int item = in.readInt();
      exposure.appearances[item] = in.readDouble();
      exposure.absence[item] = in.readDouble();
    }
    return exposure;
  }

  BeyondAccuracy figures(ItemPopularity popularity) {
    int items = appearances.length;
    double covered = 0;
    double total = 0;
    double information = 0;
    for (int item = 0; item < items; item++) {
      covered += 1 - absence[item];
      total += appearances[item];
      information += appearances[item] * popularity.selfInformation(item);
    }
    double[] rising = appearances.clone();
    Arrays.sort(rising);
    double gini = 0;
    for (int j = 1; j <= items; j++) {
      gini += (2.0 * j - items - 1) * rising[j - 1];
    }
    // Where all has been seen nothing is recommended, and nothing unequally.
    double listed = total == 0 ? 1 : total;
    return new BeyondAccuracy(
        covered / items, gini / listed / Math.max(1, items - 1), information / listed);
  }
}
