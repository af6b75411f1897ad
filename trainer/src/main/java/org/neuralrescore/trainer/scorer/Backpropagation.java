// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.Arrays;

/**
 * Loss and gradient of users against a positive and its negatives each, a block of rows at a time.
 * Activations and their gradients lie by unit, [units][rows], so that a layer is a sum of scaled
 * arrays that are as long as the block. The user's part of the first layer is computed once a
 * group. One instance a chunk of a batch.
 *
 * <p>The first layer's gradient has by far the most entries. It is summed along the inputs, unit by
 * unit, and leaves out the rows in which a unit is at rest: half of them.
 */
final class Backpropagation {
  private final NetworkLayout layout;
  private final ExampleBlock block;
  private final float[][][] activations;
  private final float[][][] deltas;
  private final float[][] groupDeltas;
  private final float[] userPart;
  private final float[] dot;
  private final float[] ones;
  private final float[] weights;
  private final float[][] picked;
  private final float[] gathered;

  /**
   * Binds the buffers.
   *
   * @param negatives of every group
   */
  Backpropagation(NetworkLayout layout, int negatives) {
    this.layout = layout;
    block = new ExampleBlock(layout, negatives);
    int rows = block.rowCapacity();
    activations = new float[layout.depth()][][];
    deltas = new float[layout.depth()][][];
    int widest = rows;
    for (int l = 0; l < layout.depth(); l++) {
      activations[l] = new float[layout.out(l)][rows];
      deltas[l] = new float[layout.out(l)][rows];
      widest = Math.max(widest, Math.max(layout.in(l), layout.out(l)));
    }
    groupDeltas = new float[layout.out(0)][block.groupCapacity()];
    userPart = new float[block.groupCapacity()];
    dot = new float[rows];
    ones = new float[layout.rank()];
    Arrays.fill(ones, 1f);
    weights = new float[widest];
    picked = new float[widest][];
    gathered = new float[layout.in(0)];
  }

  /** The groups that {@link #learn} takes; whoever fills it looks whether it is full. */
  ExampleBlock block() {
    return block;
  }

  /**
   * Adds the gradient of the summed logistic loss of the block's groups, and empties the block.
   *
   * @param parameters by layout
   * @param gradient by layout, added to
   * @return the summed loss
   */
  double learn(float[][] parameters, float[][] gradient) {
    int top = layout.depth() - 1;
    forward(parameters);
    double loss = errors(parameters[layout.dotPath()], gradient[layout.dotPath()], top);
    for (int l = top; l >= 1; l--) {
      backward(l, parameters, gradient);
    }
    first(gradient);
    block.clear();
    return loss;
  }

  private void forward(float[][] parameters) {
    int n = block.rowCount();
    int rank = layout.rank();
    for (int o = 0; o < layout.out(0); o++) {
      float[] unit = activations[0][o];
      spread(unit, userPart(parameters, o));
      column(parameters, layout.weights(0) + rank, itemWidth(), o, 0);
      column(parameters, layout.recentProduct(), layout.recentWidth(), o, itemWidth());
      BlockKernels.combine(unit, weights, block.rowInputs(), block.rowInputs().length, n);
    }
    for (int l = 1; l < layout.depth(); l++) {
      float[][] below = activations[l - 1];
      for (float[] unit : below) {
        BlockKernels.rectify(unit, n);
      }
      for (int o = 0; o < layout.out(l); o++) {
        float[] unit = activations[l][o];
        Arrays.fill(unit, 0, n, parameters[layout.bias(l)][o]);
        column(parameters, layout.weights(l), below.length, o, 0);
        BlockKernels.combine(unit, weights, below, below.length, n);
      }
    }
  }

  /** A row's inputs before the recent product: item, user times item, features. */
  private int itemWidth() {
    return 2 * layout.rank() + layout.featureWidth();
  }

  /** Context and recent vector, whose parameters lie behind each other. */
  private int requestWidth() {
    return layout.contextWidth() + layout.recentWidth();
  }

  /** Bias, user, context and recent vector of a unit of the first layer, [groups]. */
  private float[] userPart(float[][] parameters, int o) {
    int groups = block.groupCount();
    Arrays.fill(userPart, 0, groups, parameters[layout.bias(0)][o]);
    column(parameters, layout.weights(0), layout.rank(), o, 0);
    column(parameters, layout.context(), requestWidth(), o, layout.rank());
    float[][] inputs = block.groupInputs();
    BlockKernels.combine(userPart, weights, inputs, inputs.length, groups);
    return userPart;
  }

  private void spread(float[] unit, float[] ofGroups) {
    int rowsPerGroup = block.rowsPerGroup();
    int row = 0;
    for (int g = 0; g < block.groupCount(); g++) {
      float value = ofGroups[g];
      for (int r = 0; r < rowsPerGroup; r++) {
        unit[row++] = value;
      }
    }
  }

  /** What unit {@code o} takes of each of {@code count} inputs, to {@code weights[at]} and on. */
  private void column(float[][] parameters, int firstRow, int count, int o, int at) {
    for (int i = 0; i < count; i++) {
      weights[at + i] = parameters[firstRow + i][o];
    }
  }

  /** The logit's error of every row, {@code sigmoid - label}. */
  private double errors(float[] dotPath, float[] dotGradient, int top) {
    int n = block.rowCount();
    int rank = layout.rank();
    float[][] products = Arrays.copyOfRange(block.rowInputs(), rank, 2 * rank);
    Arrays.fill(dot, 0, n, 0f);
    BlockKernels.combine(dot, ones, products, rank, n);
    float[] network = activations[top][0];
    float[] delta = deltas[top][0];
    double loss = 0;
    float dotSum = 0f;
    float sum = 0f;
    float wideSum = 0f;
    float[] wides = block.wides();
    for (int row = 0; row < n; row++) {
      boolean positive = row % block.rowsPerGroup() == 0;
      double logit = dotPath[0] * dot[row] + dotPath[1] + dotPath[2] * wides[row] + network[row];
      double tail = Math.exp(-Math.abs(logit));
      double probability = (logit >= 0 ? 1 : tail) / (1 + tail);
      float error = (float) (probability - (positive ? 1 : 0));
      delta[row] = error;
      dotSum += error * dot[row];
      sum += error;
      wideSum += error * wides[row];
      loss += Math.max(positive ? -logit : logit, 0) + Math.log1p(tail);
    }
    dotGradient[0] += dotSum;
    dotGradient[1] += sum;
    dotGradient[2] += wideSum;
    return loss;
  }

  private void backward(int l, float[][] parameters, float[][] gradient) {
    int n = block.rowCount();
    float[][] delta = deltas[l];
    float[][] x = activations[l - 1];
    float[][] below = deltas[l - 1];
    float[] bias = gradient[layout.bias(l)];
    for (int o = 0; o < bias.length; o++) {
      bias[o] += BlockKernels.sum(delta[o], n);
    }
    BlockKernels.addProducts(gradient, layout.weights(l), x, x.length, delta, delta.length, n);
    for (int i = 0; i < x.length; i++) {
      Arrays.fill(below[i], 0, n, 0f);
      BlockKernels.combine(below[i], parameters[layout.weights(l) + i], delta, delta.length, n);
      BlockKernels.mask(below[i], x[i], n);
    }
  }

  private void first(float[][] gradient) {
    int rank = layout.rank();
    float[] bias = gradient[layout.bias(0)];
    for (int o = 0; o < bias.length; o++) {
      float[] ofGroups = groupDeltas[o];
      gather(deltas[0][o], ofGroups);
      bias[o] += BlockKernels.sum(ofGroups, block.groupCount());
      sumScaled(ofGroups, block.groups(), block.groupCount());
      addColumn(gradient, layout.weights(0), rank, o, 0);
      addColumn(gradient, layout.context(), requestWidth(), o, rank);
      sumScaled(deltas[0][o], block.rows(), block.rowCount());
      addColumn(gradient, layout.weights(0) + rank, itemWidth(), o, 0);
      addColumn(gradient, layout.recentProduct(), layout.recentWidth(), o, itemWidth());
    }
  }

  private void gather(float[] unit, float[] ofGroups) {
    int rowsPerGroup = block.rowsPerGroup();
    int row = 0;
    for (int g = 0; g < block.groupCount(); g++) {
      float sum = 0f;
      for (int r = 0; r < rowsPerGroup; r++) {
        sum += unit[row++];
      }
      ofGroups[g] = sum;
    }
  }

  /** Puts {@code sum_b delta_b x_b} where it is gathered. */
  private void sumScaled(float[] delta, float[][] x, int count) {
    int n = 0;
    for (int b = 0; b < count; b++) {
      weights[n] = delta[b];
      picked[n] = x[b];
      n += delta[b] == 0f ? 0 : 1;
    }
    int width = x[0].length;
    Arrays.fill(gathered, 0, width, 0f);
    BlockKernels.combine(gathered, weights, picked, n, width);
  }

  /** Adds what was gathered from {@code at} on to a column of the gradient. */
  private void addColumn(float[][] gradient, int firstRow, int count, int o, int at) {
    for (int i = 0; i < count; i++) {
      gradient[firstRow + i][o] += gathered[at + i];
    }
  }
}
