// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import java.util.Arrays;

/**
 * One forward and one backward pass at a time through a network. Inner loops add scaled rows to
 * rows, which the compiler turns into vector instructions, and leave out rows scaled by zero: most
 * factors and half of the activations are. One instance a thread.
 */
public final class NetworkPass {
  private final NetworkShape shape;
  private final double[][] activations;
  private final double[][] deltas;

  /** Makes the buffers. */
  public NetworkPass(NetworkShape shape) {
    this.shape = shape;
    activations = new double[shape.depth()][];
    deltas = new double[shape.depth()][];
    for (int l = 0; l < shape.depth(); l++) {
      activations[l] = new double[shape.out(l)];
      deltas[l] = new double[shape.out(l)];
    }
  }

  /**
   * Computes the output of one input.
   *
   * @param parameters by shape
   * @param x the input begins at {@code offset}
   * @return [outputs], the pass's own buffer, good until the next call
   */
  public double[] forward(double[][] parameters, double[] x, int offset) {
    double[] below = x;
    int from = offset;
    for (int l = 0; l < shape.depth(); l++) {
      double[] above = activations[l];
      System.arraycopy(parameters[shape.bias(l)], 0, above, 0, above.length);
      for (int i = 0; i < shape.in(l); i++) {
        double value = below[from + i];
        if (value != 0) {
          addRow(above, value, parameters[shape.weights(l) + i]);
        }
      }
      if (l + 1 < shape.depth()) {
        for (int o = 0; o < above.length; o++) {
          above[o] = Math.max(0, above[o]);
        }
      }
      below = above;
      from = 0;
    }
    return below;
  }

  /**
   * Adds the gradient of the parameters for the input of the last {@link #forward}.
   *
   * @param transposed of the same parameters
   * @param x as in forward
   * @param outputDelta [outputs], the loss's derivative by the output
   * @param gradient by shape, added to
   */
  public void backward(
      TransposedWeights transposed,
      double[] x,
      int offset,
      double[] outputDelta,
      double[][] gradient) {
    int top = shape.depth() - 1;
    System.arraycopy(outputDelta, 0, deltas[top], 0, deltas[top].length);
    for (int l = top; l >= 1; l--) {
      double[] input = activations[l - 1];
      double[] below = deltas[l - 1];
      addGradient(l, input, 0, gradient);
      Arrays.fill(below, 0);
      toBelow(transposed, l, below);
      for (int i = 0; i < below.length; i++) {
        if (input[i] <= 0) {
          below[i] = 0;
        }
      }
    }
    addGradient(0, x, offset, gradient);
  }

  /**
   * Adds the derivative by the input, after {@link #backward}.
   *
   * @param inputDelta [inputs], added to
   */
  public void addInputDelta(TransposedWeights transposed, double[] inputDelta) {
    toBelow(transposed, 0, inputDelta);
  }

  private void addGradient(int layer, double[] input, int offset, double[][] gradient) {
    double[] delta = deltas[layer];
    addRow(gradient[shape.bias(layer)], 1, delta);
    for (int i = 0; i < shape.in(layer); i++) {
      double value = input[offset + i];
      if (value != 0) {
        addRow(gradient[shape.weights(layer) + i], value, delta);
      }
    }
  }

  private void toBelow(TransposedWeights transposed, int layer, double[] below) {
    double[] delta = deltas[layer];
    for (int o = 0; o < delta.length; o++) {
      if (delta[o] != 0) {
        addRow(below, delta[o], transposed.layer(layer)[o]);
      }
    }
  }

  private static void addRow(double[] y, double scale, double[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += scale * x[i];
    }
  }
}
