// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import java.util.Arrays;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.scorer.network.NetworkPass;
import org.neuralrescore.trainer.scorer.network.NetworkShape;

/**
 * A trained network from content to factors (Gantner et al. 2010, "Learning Attribute-to-Feature
 * Mappings for Cold-Start Recommendations"; van den Oord et al. 2013 for audio). What it predicts
 * below zero is zero: the nearest non-negative vector.
 */
public final class ContentNetwork {
  private final NetworkShape shape;
  private final double[][] parameters;
  private final double factorScale;

  ContentNetwork(NetworkShape shape, double[][] parameters, double factorScale) {
    this.shape = shape;
    this.parameters = parameters;
    this.factorScale = factorScale;
  }

  /** The number of factors, k. */
  public int rank() {
    return shape.outputs();
  }

  /**
   * The factors that content speaks for.
   *
   * @param content [width]
   * @return [rank], non-negative, new
   */
  public float[] factors(float[] content) {
    if (content.length != shape.inputs()) {
      throw new IllegalArgumentException(
          "content network expects " + shape.inputs() + " values, got " + content.length);
    }
    double[] x = new double[content.length];
    Arrays.setAll(x, i -> content[i]);
    double[] output = new NetworkPass(shape).forward(parameters, x, 0);
    float[] factors = new float[output.length];
    for (int f = 0; f < factors.length; f++) {
      factors[f] = (float) Math.max(0, output[f] * factorScale);
    }
    return factors;
  }

  /**
   * Items with what their content says: {@code (n h + prior f(content)) / (n + prior)} for an item
   * with {@code n} interactions. Items without content stay as they are.
   *
   * @param items [items x rank]
   * @param interactions n of every item
   * @param prior how many interactions the content is worth; an item without interactions takes all
   *     from it even at 0
   * @return new
   */
  public FactorMatrix start(
      FactorMatrix items, ItemContent content, int[] interactions, double prior) {
    int rank = items.rank();
    float[] started = items.values().clone();
    for (int item = 0; item < items.rows(); item++) {
      if (content.has(item) && (interactions[item] == 0 || prior > 0)) {
        float[] predicted = factors(content.of(item));
        double own = interactions[item];
        double share = own == 0 ? 1 : prior / (own + prior);
        for (int f = 0; f < rank; f++) {
          int i = item * rank + f;
          started[i] = (float) ((1 - share) * started[i] + share * predicted[f]);
        }
      }
    }
    return new FactorMatrix(items.rows(), rank, started);
  }
}
