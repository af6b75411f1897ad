// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of item-to-item weights.
 *
 * @param lambda ridge of the regression, above 0, in interactions: an item touched {@code lambda}
 *     times is believed by half; default 30
 * @param neighbours how many items may speak for an item, default 50
 * @param maxItems the commonest items that weights are learned for, since the regression holds a
 *     square of them; default 6000
 */
@RecordBuilder
public record NeighbourOptions(double lambda, int neighbours, int maxItems)
    implements NeighbourOptionsBuilder.With {
  public NeighbourOptions {
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("neighbours expect a lambda above 0, got " + lambda);
    }
    if (neighbours < 1 || maxItems < 1) {
      throw new IllegalArgumentException(
          "neighbours expect at least 1 neighbour and 1 item, got " + neighbours + ", " + maxItems);
    }
  }

  /** The documented defaults. */
  public static NeighbourOptions defaults() {
    return new NeighbourOptions(30, 50, 6000);
  }
}
