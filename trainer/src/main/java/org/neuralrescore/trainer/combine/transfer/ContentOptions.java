// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Options of the network from content to factors.
 *
 * @param hidden widths of the hidden layers, default 128
 * @param epochs passes over the items at most, default 60
 * @param patience epochs without a smaller held-out error before training stops, default 6
 * @param learningRate of Adam, default 0.001
 * @param weightDecay decoupled, default 0.1
 * @param batchItems items a step, default 128
 * @param prior how many interactions the content's word is worth: an item with n interactions gets
 *     {@code (n h + prior f(content)) / (n + prior)}, default 1
 */
@RecordBuilder
public record ContentOptions(
    List<Integer> hidden,
    int epochs,
    int patience,
    double learningRate,
    double weightDecay,
    int batchItems,
    double prior)
    implements ContentOptionsBuilder.With {
  public ContentOptions {
    hidden = List.copyOf(hidden);
    if (epochs < 1
        || patience < 1
        || batchItems < 1
        || !(learningRate > 0)
        || !(weightDecay >= 0)
        || !(prior >= 0)) {
      throw new IllegalArgumentException(
          "content training expects epochs, patience and batch of at least 1, a learning rate above"
              + " 0, and a weight decay and prior of at least 0, got "
              + List.of(epochs, patience, batchItems, learningRate, weightDecay, prior));
    }
  }

  /** The documented defaults. */
  public static ContentOptions defaults() {
    return new ContentOptions(List.of(128), 60, 6, 1e-3, 1e-1, 128, 1);
  }
}
