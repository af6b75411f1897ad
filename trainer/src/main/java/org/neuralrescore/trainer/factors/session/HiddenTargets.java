// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import org.neuralrescore.trainer.factors.softmax.Targets;

/**
 * The hidden items of sessions, those of one alike. Each weighs one over the root of their number:
 * a large basket counts for more than one item, not by its size.
 */
final class HiddenTargets implements Targets {
  private final int[][] hidden;
  private final float[][] logits;

  /**
   * @param rows at most
   */
  HiddenTargets(int rows) {
    hidden = new int[rows][];
    logits = new float[rows][];
  }

  /** Asks for items in a row, from now on. */
  void ask(int row, int[] items) {
    hidden[row] = items;
    logits[row] = new float[items.length];
  }

  private double itemWeight(int row) {
    return 1 / Math.sqrt(hidden[row].length);
  }

  @Override
  public double weight(int row) {
    return Math.sqrt(hidden[row].length);
  }

  @Override
  public void see(int row, int from, int width, float[] block) {
    for (int t = 0; t < hidden[row].length; t++) {
      int at = hidden[row][t] - from;
      if (at >= 0 && at < width) {
        logits[row][t] = block[at];
      }
    }
  }

  @Override
  public double loss(int row, double logSum) {
    double loss = 0;
    for (float logit : logits[row]) {
      loss += itemWeight(row) * (logSum - logit);
    }
    return loss;
  }

  @Override
  public void subtract(int row, int from, int width, double total, float[] slopes) {
    float target = (float) (itemWeight(row) / total);
    for (int item : hidden[row]) {
      if (item >= from && item < from + width) {
        slopes[item - from] -= target;
      }
    }
  }
}
