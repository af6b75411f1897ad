// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served;

/** A history as a search sends it: its latest items, each with its weight. */
public final class SentHistory {
  private final int from;
  private final float[] weights;

  SentHistory(int from, float[] weights) {
    this.from = from;
    this.weights = weights;
  }

  /** The first that is sent, counted from the history's own first. */
  public int from() {
    return from;
  }

  /** Behind the last. */
  public int end() {
    return weights.length;
  }

  /** The weight of one of them. */
  public float weight(int index) {
    return weights[index];
  }
}
