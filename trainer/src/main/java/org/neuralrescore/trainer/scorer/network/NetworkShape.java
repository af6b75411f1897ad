// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.Layer;

/**
 * Where each parameter of a feed-forward network stands. Parameters and gradients are rows: a layer
 * has one row of width {@code out} for each of its inputs, then its bias, and layers stand behind
 * one another. Every row is an array of its own because the compiler of JDK 17 vectorises sums of
 * such rows and not of pieces of one array. ReLU stands between layers, nothing behind the last.
 */
public final class NetworkShape {
  private final int[] widths;
  private final int[] firstRows;
  private final int rows;

  /**
   * Lays out a network.
   *
   * @param inputs width of the input, at least 1
   * @param hidden widths of the hidden layers, may be empty
   * @param outputs width of the output, at least 1
   */
  public NetworkShape(int inputs, List<Integer> hidden, int outputs) {
    widths = new int[hidden.size() + 2];
    widths[0] = inputs;
    for (int l = 0; l < hidden.size(); l++) {
      widths[l + 1] = hidden.get(l);
    }
    widths[hidden.size() + 1] = outputs;
    if (Arrays.stream(widths).anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "network expects widths above 0, got " + Arrays.toString(widths));
    }
    firstRows = new int[depth()];
    int next = 0;
    for (int l = 0; l < depth(); l++) {
      firstRows[l] = next;
      next += in(l) + 1;
    }
    rows = next;
  }

  /** Layers with weights. */
  public int depth() {
    return widths.length - 1;
  }

  /** Inputs of a layer. */
  public int in(int layer) {
    return widths[layer];
  }

  /** Outputs of a layer. */
  public int out(int layer) {
    return widths[layer + 1];
  }

  /** Width of the network's input. */
  public int inputs() {
    return widths[0];
  }

  /** Width of the network's output. */
  public int outputs() {
    return widths[widths.length - 1];
  }

  /** The first row of a layer's weights. */
  public int weights(int layer) {
    return firstRows[layer];
  }

  /** The row of a layer's bias. */
  public int bias(int layer) {
    return firstRows[layer] + in(layer);
  }

  /** Rows in all. */
  public int rows() {
    return rows;
  }

  /** Zeros of this shape. */
  public double[][] zeros() {
    double[][] zeros = new double[rows][];
    for (int l = 0; l < depth(); l++) {
      for (int row = weights(l); row <= bias(l); row++) {
        zeros[row] = new double[out(l)];
      }
    }
    return zeros;
  }

  /**
   * Starting values: hidden weights uniform with variance {@code 2 / in} (He et al. 2015), biases
   * and the last layer zero, so that the output starts at zero whatever the input.
   */
  public double[][] start(SplittableRandom random) {
    double[][] parameters = zeros();
    for (int l = 0; l + 1 < depth(); l++) {
      double limit = Math.sqrt(6.0 / in(l));
      for (int row = weights(l); row < bias(l); row++) {
        for (int o = 0; o < out(l); o++) {
          parameters[row][o] = limit * (2 * random.nextDouble() - 1);
        }
      }
    }
    return parameters;
  }

  /** The layers rounded to float32. */
  public List<Layer> toLayers(double[][] parameters) {
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < depth(); l++) {
      layers.add(
          new Layer(
              in(l),
              out(l),
              rounded(parameters, weights(l), bias(l), out(l)),
              rounded(parameters, bias(l), bias(l) + 1, out(l))));
    }
    return layers;
  }

  private static float[] rounded(double[][] parameters, int from, int to, int width) {
    float[] copy = new float[(to - from) * width];
    for (int row = from; row < to; row++) {
      for (int o = 0; o < width; o++) {
        copy[(row - from) * width + o] = (float) parameters[row][o];
      }
    }
    return copy;
  }
}
