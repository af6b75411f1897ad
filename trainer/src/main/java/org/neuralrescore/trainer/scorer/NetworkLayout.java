package org.neuralrescore.trainer.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * Where each parameter of a scorer stands in one flat array: weights row-major [in x out] and bias
 * of every layer in turn, then the dot path's scale and bias. One array makes the optimiser and the
 * reduction of gradients plain loops.
 */
final class NetworkLayout {
  private final int rank;
  private final int[] widths;
  private final int[] weightOffsets;
  private final int size;

  /**
   * Lays out a network.
   *
   * @param rank k; the first layer has {@code 3 k} inputs
   * @param hidden widths of the hidden layers, at least one; the last layer of width 1 is added
   */
  NetworkLayout(int rank, List<Integer> hidden) {
    this.rank = rank;
    widths = new int[hidden.size() + 2];
    widths[0] = 3 * rank;
    for (int l = 0; l < hidden.size(); l++) {
      widths[l + 1] = hidden.get(l);
    }
    widths[hidden.size() + 1] = 1;
    weightOffsets = new int[depth()];
    int next = 0;
    for (int l = 0; l < depth(); l++) {
      weightOffsets[l] = next;
      next += (in(l) + 1) * out(l);
    }
    size = next + 2;
  }

  /** k. */
  int rank() {
    return rank;
  }

  /** Layers, the last of width 1 included. */
  int depth() {
    return widths.length - 1;
  }

  /** Inputs of a layer. */
  int in(int layer) {
    return widths[layer];
  }

  /** Outputs of a layer. */
  int out(int layer) {
    return widths[layer + 1];
  }

  /** Where a layer's weights begin. */
  int weights(int layer) {
    return weightOffsets[layer];
  }

  /** Where a layer's bias begins. */
  int bias(int layer) {
    return weightOffsets[layer] + in(layer) * out(layer);
  }

  /** Where the dot path's scale stands. */
  int dotScale() {
    return size - 2;
  }

  /** Where the dot path's bias stands. */
  int dotBias() {
    return size - 1;
  }

  /** Parameters in all. */
  int size() {
    return size;
  }

  /**
   * Starting values: hidden weights uniform with the variance {@code 2 / in} of He et al. 2015, the
   * last layer zero, the dot path as calibrated.
   */
  float[] start(Calibration calibration, SplittableRandom random) {
    float[] parameters = new float[size];
    for (int l = 0; l + 1 < depth(); l++) {
      double limit = Math.sqrt(6.0 / in(l));
      for (int i = weights(l); i < bias(l); i++) {
        parameters[i] = (float) (limit * (2 * random.nextDouble() - 1));
      }
    }
    parameters[dotScale()] = calibration.scale();
    parameters[dotBias()] = calibration.bias();
    return parameters;
  }

  /**
   * The scorer over unscaled vectors of a network that was trained on vectors divided by scales.
   *
   * @param userScale what user vectors were divided by
   * @param itemScale what item vectors were divided by
   */
  ScorerWeights toWeights(float[] parameters, float userScale, float itemScale) {
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < depth(); l++) {
      float[] w = Arrays.copyOfRange(parameters, weights(l), bias(l));
      if (l == 0) {
        int block = rank * out(0);
        scale(w, 0, block, 1 / userScale);
        scale(w, block, 2 * block, 1 / itemScale);
        scale(w, 2 * block, 3 * block, 1 / (userScale * itemScale));
      }
      layers.add(
          new Layer(in(l), out(l), w, Arrays.copyOfRange(parameters, bias(l), bias(l) + out(l))));
    }
    return new ScorerWeights(
        rank, parameters[dotScale()] / (userScale * itemScale), parameters[dotBias()], layers);
  }

  private static void scale(float[] values, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      values[i] *= factor;
    }
  }
}
