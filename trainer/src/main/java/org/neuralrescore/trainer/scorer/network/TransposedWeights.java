// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

/**
 * A copy of every layer's weights as [out x in], so that the backward pass adds rows too. Refreshed
 * once a batch, then shared by its threads.
 */
public final class TransposedWeights {
  private final NetworkShape shape;
  private final double[][][] layers;

  /** Makes room; {@link #refresh} fills it. */
  public TransposedWeights(NetworkShape shape) {
    this.shape = shape;
    layers = new double[shape.depth()][][];
    for (int l = 0; l < shape.depth(); l++) {
      layers[l] = new double[shape.out(l)][shape.in(l)];
    }
  }

  /** Copies the weights as they stand. */
  public void refresh(double[][] parameters) {
    for (int l = 0; l < layers.length; l++) {
      for (int i = 0; i < shape.in(l); i++) {
        double[] row = parameters[shape.weights(l) + i];
        for (int o = 0; o < row.length; o++) {
          layers[l][o][i] = row[o];
        }
      }
    }
  }

  double[][] layer(int layer) {
    return layers[layer];
  }
}
