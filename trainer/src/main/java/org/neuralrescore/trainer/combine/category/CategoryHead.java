// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.scorer.network.Losses;
import org.neuralrescore.trainer.scorer.network.NetworkPass;
import org.neuralrescore.trainer.scorer.network.NetworkShape;
import org.neuralrescore.trainer.scorer.network.TransposedWeights;

/**
 * {@code softmax(W2 relu(W1 x + b1) + b2)} over item factors divided by a scale. Its target is the
 * item's categories, each with the same share.
 */
public final class CategoryHead {
  private final NetworkShape shape;
  private final double itemScale;
  private final double[][] parameters;
  private final TransposedWeights transposed;

  /**
   * A head that starts undecided.
   *
   * @param rank k
   * @param categories at least two
   * @param itemScale what factors are divided by, above 0
   */
  public CategoryHead(
      int rank, List<Integer> hidden, int categories, double itemScale, SplittableRandom random) {
    if (categories < 2) {
      throw new IllegalArgumentException(
          "category head expects at least 2 categories, got " + categories);
    }
    shape = new NetworkShape(rank, hidden, categories);
    this.itemScale = itemScale;
    parameters = shape.start(random);
    transposed = new TransposedWeights(shape);
  }

  /** Where the parameters stand. */
  public NetworkShape shape() {
    return shape;
  }

  /** The parameters, not a copy: an optimiser moves them and then calls {@link #refresh}. */
  public double[][] parameters() {
    return parameters;
  }

  /** Takes in moved parameters before the next backward pass. */
  public void refresh() {
    transposed.refresh(parameters);
  }

  /** A pass of one thread. */
  public Pass pass() {
    return new Pass();
  }

  /** Loss, gradient and prediction; one instance a thread. */
  public final class Pass {
    private final NetworkPass pass = new NetworkPass(shape);
    private final double[] x = new double[shape.inputs()];
    private final double[] inputDelta = new double[shape.inputs()];
    private final double[] delta = new double[shape.outputs()];

    private double[] logits(double[] items, int offset) {
      for (int f = 0; f < x.length; f++) {
        x[f] = items[offset + f] / itemScale;
      }
      return pass.forward(parameters, x, 0);
    }

    /** The cross-entropy of the item whose factors begin at {@code offset}. */
    public double loss(double[] items, int offset, int[] labels) {
      return Losses.softmaxCrossEntropy(logits(items, offset), labels, delta);
    }

    /**
     * Adds the weighted gradient of an item's cross-entropy.
     *
     * @param weight of the loss in the gradients; the returned loss is unweighted
     * @param gradient by shape, added to
     * @param itemGradient added to at {@code itemGradientOffset}
     */
    public double add(
        double[] items,
        int offset,
        int[] labels,
        double weight,
        double[][] gradient,
        double[] itemGradient,
        int itemGradientOffset) {
      double loss = loss(items, offset, labels);
      for (int c = 0; c < delta.length; c++) {
        delta[c] *= weight;
      }
      pass.backward(transposed, x, 0, delta, gradient);
      Arrays.fill(inputDelta, 0);
      pass.addInputDelta(transposed, inputDelta);
      for (int f = 0; f < x.length; f++) {
        itemGradient[itemGradientOffset + f] += inputDelta[f] / itemScale;
      }
      return loss;
    }

    /** The likeliest category; the first of several alike. */
    public int predict(double[] items, int offset) {
      double[] logits = logits(items, offset);
      int best = 0;
      for (int c = 1; c < logits.length; c++) {
        if (logits[c] > logits[best]) {
          best = c;
        }
      }
      return best;
    }
  }

  /** The root mean square of what is not zero in a matrix, 1 where all is zero. */
  public static double scaleOf(FactorMatrix items) {
    double sum = 0;
    int count = 0;
    for (float value : items.values()) {
      if (value != 0f) {
        sum += (double) value * value;
        count++;
      }
    }
    return count == 0 ? 1 : Math.sqrt(sum / count);
  }
}
