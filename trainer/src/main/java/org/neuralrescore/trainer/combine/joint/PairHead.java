// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.network.GradientRows;
import org.neuralrescore.trainer.scorer.network.NetworkPass;
import org.neuralrescore.trainer.scorer.network.NetworkShape;
import org.neuralrescore.trainer.scorer.network.TransposedWeights;

/**
 * {@code a <user, item> + c + MLP([user; item; user * item])} with derivatives by both vectors: the
 * form of the score and of the rating. Inside, vectors are divided by scales so that the network
 * sees inputs near one.
 */
final class PairHead {
  private final int rank;
  private final boolean deep;
  private final NetworkShape shape;
  private final double userScale;
  private final double itemScale;
  private final double[][] parameters;
  private final TransposedWeights transposed;

  private PairHead(
      int rank, boolean deep, NetworkShape shape, Scales scales, double[][] parameters) {
    this.rank = rank;
    this.deep = deep;
    this.shape = shape;
    this.userScale = scales.user();
    this.itemScale = scales.item();
    this.parameters = parameters;
    transposed = new TransposedWeights(shape);
    transposed.refresh(parameters);
  }

  /** What user and item vectors are divided by. */
  record Scales(double user, double item) {}

  /**
   * A head that starts as a dot product.
   *
   * @param hidden empty: it stays one
   * @param dotScale a
   * @param bias c
   */
  static PairHead start(
      int rank,
      List<Integer> hidden,
      Scales scales,
      double dotScale,
      double bias,
      SplittableRandom random) {
    NetworkShape shape = new NetworkShape(3 * rank, hidden, 1);
    double[][] parameters = Arrays.copyOf(shape.start(random), shape.rows() + 1);
    parameters[shape.rows()] = new double[] {dotScale * scales.user() * scales.item(), bias};
    return new PairHead(rank, !hidden.isEmpty(), shape, scales, parameters);
  }

  /** A head that starts as a scorer that was trained before. */
  static PairHead of(ScorerWeights scorer, Scales scales) {
    List<Integer> hidden = new ArrayList<>();
    for (int l = 0; l + 1 < scorer.layers().size(); l++) {
      hidden.add(scorer.layers().get(l).out());
    }
    int rank = scorer.rank();
    PairHead head =
        start(rank, hidden, scales, scorer.dotScale(), scorer.bias(), new SplittableRandom(0));
    if (!scorer.layers().isEmpty()) {
      for (int l = 0; l < scorer.layers().size(); l++) {
        Layer layer = scorer.layers().get(l);
        copy(layer.weights(), head.parameters, head.shape.weights(l));
        copy(layer.bias(), head.parameters, head.shape.bias(l));
      }
      head.scaleFirstLayer(head.parameters, scales.user(), scales.item());
      head.refresh();
    }
    return head;
  }

  private static void copy(float[] from, double[][] to, int firstRow) {
    int width = to[firstRow].length;
    for (int i = 0; i < from.length; i++) {
      to[firstRow + i / width][i % width] = from[i];
    }
  }

  private void scaleFirstLayer(double[][] rows, double user, double item) {
    for (int i = 0; i < 3 * rank; i++) {
      double factor = i < rank ? user : i < 2 * rank ? item : user * item;
      for (int o = 0; o < shape.out(0); o++) {
        rows[i][o] *= factor;
      }
    }
  }

  NetworkShape shape() {
    return shape;
  }

  /**
   * The network's parameters and one more row, a and c; not a copy: an optimiser moves them and
   * then calls {@link #refresh}.
   */
  double[][] parameters() {
    return parameters;
  }

  void refresh() {
    transposed.refresh(parameters);
  }

  /** The head over unscaled vectors, in float32. */
  ScorerWeights weights() {
    float a = (float) (parameters[shape.rows()][0] / (userScale * itemScale));
    float c = (float) parameters[shape.rows()][1];
    if (!deep) {
      return new ScorerWeights(rank, a, c, List.of());
    }
    double[][] unscaled = GradientRows.copy(parameters);
    scaleFirstLayer(unscaled, 1 / userScale, 1 / itemScale);
    return new ScorerWeights(rank, a, c, shape.toLayers(unscaled));
  }

  /** A pass of one thread. */
  Pass pass() {
    return new Pass();
  }

  /** Value and derivatives of one pair at a time; one instance a thread. */
  final class Pass {
    private final NetworkPass pass = new NetworkPass(shape);
    private final double[] x = new double[3 * rank];
    private final double[] inputDelta = new double[3 * rank];
    private final double[] outputDelta = new double[1];
    private double dot;

    /** The value for the vectors that begin at the offsets. */
    double value(double[] users, int userOffset, double[] items, int itemOffset) {
      dot = 0;
      for (int f = 0; f < rank; f++) {
        double u = users[userOffset + f] / userScale;
        double v = items[itemOffset + f] / itemScale;
        x[f] = u;
        x[rank + f] = v;
        x[2 * rank + f] = u * v;
        dot += u * v;
      }
      double[] line = parameters[shape.rows()];
      double value = line[0] * dot + line[1];
      return deep ? value + pass.forward(parameters, x, 0)[0] : value;
    }

    /**
     * Adds the gradients of the pair of the last {@link #value}.
     *
     * @param error the loss's derivative by the value
     * @param gradient of the parameters, added to
     * @param userGradient added to at {@code userAt}
     * @param itemGradient added to at {@code itemAt}
     */
    void addGradient(
        double error,
        double[][] gradient,
        double[] userGradient,
        int userAt,
        double[] itemGradient,
        int itemAt) {
      gradient[shape.rows()][0] += error * dot;
      gradient[shape.rows()][1] += error;
      Arrays.fill(inputDelta, 0);
      if (deep) {
        outputDelta[0] = error;
        pass.backward(transposed, x, 0, outputDelta, gradient);
        pass.addInputDelta(transposed, inputDelta);
      }
      double slope = error * parameters[shape.rows()][0];
      for (int f = 0; f < rank; f++) {
        double product = slope + inputDelta[2 * rank + f];
        userGradient[userAt + f] += (inputDelta[f] + product * x[rank + f]) / userScale;
        itemGradient[itemAt + f] += (inputDelta[rank + f] + product * x[f]) / itemScale;
      }
    }
  }
}
