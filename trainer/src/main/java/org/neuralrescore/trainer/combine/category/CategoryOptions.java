// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import java.util.List;

/**
 * Options of the category head's own training.
 *
 * @param hidden widths of the hidden layers, default 64
 * @param epochs passes over the items at most, default 60
 * @param patience epochs without a better held-out accuracy before training stops, default 8
 * @param learningRate of Adam, default 0.003
 * @param weightDecay decoupled, default 0.01
 * @param batchItems items a step, default 256
 * @param heldOut the share of items that is reported on, default 0.2; half as many more choose the
 *     epoch
 */
public record CategoryOptions(
    List<Integer> hidden,
    int epochs,
    int patience,
    double learningRate,
    double weightDecay,
    int batchItems,
    double heldOut) {
  public CategoryOptions {
    hidden = List.copyOf(hidden);
    if (epochs < 1
        || patience < 1
        || batchItems < 1
        || !(learningRate > 0)
        || !(weightDecay >= 0)
        || !(heldOut > 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "category training expects epochs, patience and batch of at least 1, a learning rate above"
              + " 0, a weight decay of at least 0 and a held-out share between 0 and 1, got "
              + List.of(epochs, patience, batchItems, learningRate, weightDecay, heldOut));
    }
  }

  /** The documented defaults. */
  public static CategoryOptions defaults() {
    return new CategoryOptions(List.of(64), 60, 8, 3e-3, 1e-2, 256, 0.2);
  }
}
