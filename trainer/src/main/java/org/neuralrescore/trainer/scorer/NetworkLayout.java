// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * Where each parameter of a scorer stands in a list of rows. A layer has one row for the weights of
 * each input, [out] wide, then its bias row; the last row of all is the linear path's: scale, bias
 * and the scale of what the history says. Parameters, gradients and the optimiser's moments all
 * have this shape.
 */
final class NetworkLayout {
  private final int rank;
  private final ScorerInputs inputs;
  private final int[] widths;
  private final int[] firstRows;

  /**
   * Lays out a network.
   *
   * @param rank k; the first layer has {@code 3 k + f + c} inputs, and {@code 2 k} more where a
   *     recent vector is read
   * @param inputs what is read beside the factors, f and c columns
   * @param hidden widths of the hidden layers, at least one; the last layer of width 1 is added
   */
  NetworkLayout(int rank, ScorerInputs inputs, List<Integer> hidden) {
    this.rank = rank;
    this.inputs = inputs;
    widths = new int[hidden.size() + 2];
    widths[0] = inputs.width(rank);
    for (int l = 0; l < hidden.size(); l++) {
      widths[l + 1] = hidden.get(l);
    }
    widths[hidden.size() + 1] = 1;
    firstRows = new int[depth() + 1];
    for (int l = 0; l < depth(); l++) {
      firstRows[l + 1] = firstRows[l] + in(l) + 1;
    }
  }

  /** k. */
  int rank() {
    return rank;
  }

  /** f. */
  int featureWidth() {
    return inputs.featureWidth();
  }

  /** c. */
  int contextWidth() {
    return inputs.contextWidth();
  }

  /** k where a recent vector is read, else 0. */
  int recentWidth() {
    return inputs.recentWidth(rank);
  }

  /** The row of the first feature. */
  int features() {
    return firstRows[0] + 3 * rank;
  }

  /** The row of the first context column. */
  int context() {
    return features() + featureWidth();
  }

  /** The row of the recent vector's first factor, behind the context. */
  int recent() {
    return context() + contextWidth();
  }

  /** The row of the first factor of recent times item. */
  int recentProduct() {
    return recent() + recentWidth();
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

  /** The row of a layer's first input. */
  int weights(int layer) {
    return firstRows[layer];
  }

  /** The row of a layer's bias. */
  int bias(int layer) {
    return firstRows[layer] + in(layer);
  }

  /** The row of the linear path: scale a, bias c, scale b of what the history says. */
  int dotPath() {
    return firstRows[depth()];
  }

  /** Zeros in this shape, new. */
  float[][] zeros() {
    float[][] rows = new float[dotPath() + 1][];
    for (int l = 0; l < depth(); l++) {
      for (int row = weights(l); row <= bias(l); row++) {
        rows[row] = new float[out(l)];
      }
    }
    rows[dotPath()] = new float[3];
    return rows;
  }

  /**
   * Starting values: hidden weights uniform with the variance {@code 2 / in} of He et al. 2015, the
   * last layer zero, the dot path as calibrated.
   */
  float[][] start(Calibration calibration, SplittableRandom random) {
    float[][] parameters = zeros();
    for (int l = 0; l + 1 < depth(); l++) {
      double limit = Math.sqrt(6.0 / in(l));
      for (int row = weights(l); row < bias(l); row++) {
        for (int o = 0; o < out(l); o++) {
          parameters[row][o] = (float) (limit * (2 * random.nextDouble() - 1));
        }
      }
    }
    parameters[dotPath()][0] = calibration.scale();
    parameters[dotPath()][1] = calibration.bias();
    parameters[dotPath()][2] = calibration.wide();
    return parameters;
  }

  /**
   * The scorer over unscaled inputs of a network that was trained on scaled ones.
   *
   * @param scales what factors were divided by
   * @param features how feature columns were scaled
   * @param context how context columns were scaled
   */
  ScorerWeights toWeights(
      float[][] parameters, FactorScales scales, InputScaling features, InputScaling context) {
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < depth(); l++) {
      int out = out(l);
      float[] w = new float[in(l) * out];
      for (int i = 0; i < in(l); i++) {
        float divisor = l > 0 ? 1f : divisor(weights(0) + i, scales);
        for (int o = 0; o < out; o++) {
          w[i * out + o] = parameters[weights(l) + i][o] / divisor;
        }
      }
      float[] bias = parameters[bias(l)].clone();
      if (l == 0) {
        unscale(features, 3 * rank, w, bias);
        unscale(context, 3 * rank + featureWidth(), w, bias);
      }
      layers.add(new Layer(in(l), out, w, bias));
    }
    float[] dotPath = parameters[dotPath()];
    return new ScorerWeights(
        rank,
        dotPath[0] / (scales.user() * scales.item()),
        dotPath[1],
        inputs.wide() ? dotPath[2] : 0f,
        layers,
        inputs);
  }

  /** {@code w (x - s) / d = (w / d) x - w s / d}. */
  private static void unscale(InputScaling scaling, int firstRow, float[] w, float[] bias) {
    for (int column = 0; column < scaling.width(); column++) {
      for (int o = 0; o < bias.length; o++) {
        int at = (firstRow + column) * bias.length + o;
        w[at] /= scaling.divisor(column);
        bias[o] -= w[at] * scaling.shift(column);
      }
    }
  }

  /** What the factor that a row of the first layer reads was divided by. */
  private float divisor(int row, FactorScales scales) {
    if (row >= recentProduct()) {
      return scales.recent() * scales.item();
    }
    if (row >= recent()) {
      return scales.recent();
    }
    if (row >= features()) {
      return 1f;
    }
    return switch ((row - weights(0)) / rank) {
      case 0 -> scales.user();
      case 1 -> scales.item();
      default -> scales.user() * scales.item();
    };
  }
}
