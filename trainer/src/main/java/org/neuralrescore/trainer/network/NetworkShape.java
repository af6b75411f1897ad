package org.neuralrescore.trainer.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.Layer;

/**
 * Where each parameter of a feed-forward network stands in one flat array: weights row-major [in x
 * out], then bias, layer by layer. ReLU stands between layers, nothing behind the last.
 */
public final class NetworkShape {
  private final int[] widths;
  private final int[] weightOffsets;
  private final int size;

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
    weightOffsets = new int[depth()];
    int next = 0;
    for (int l = 0; l < depth(); l++) {
      weightOffsets[l] = next;
      next = Math.addExact(next, Math.multiplyExact(in(l) + 1, out(l)));
    }
    size = next;
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

  /** Where a layer's weights begin. */
  public int weights(int layer) {
    return weightOffsets[layer];
  }

  /** Where a layer's bias begins. */
  public int bias(int layer) {
    return weightOffsets[layer] + in(layer) * out(layer);
  }

  /** Parameters in all. */
  public int size() {
    return size;
  }

  /**
   * Starting values: hidden weights uniform with variance {@code 2 / in} (He et al. 2015), biases
   * and the last layer zero, so that the output starts at zero whatever the input.
   */
  public double[] start(SplittableRandom random) {
    double[] parameters = new double[size];
    for (int l = 0; l + 1 < depth(); l++) {
      double limit = Math.sqrt(6.0 / in(l));
      for (int i = weights(l); i < bias(l); i++) {
        parameters[i] = limit * (2 * random.nextDouble() - 1);
      }
    }
    return parameters;
  }

  /** The layers rounded to float32. */
  public List<Layer> toLayers(double[] parameters) {
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < depth(); l++) {
      layers.add(
          new Layer(
              in(l),
              out(l),
              rounded(parameters, weights(l), bias(l)),
              rounded(parameters, bias(l), bias(l) + out(l))));
    }
    return layers;
  }

  private static float[] rounded(double[] values, int from, int to) {
    float[] copy = new float[to - from];
    for (int i = from; i < to; i++) {
      copy[i - from] = (float) values[i];
    }
    return copy;
  }
}
