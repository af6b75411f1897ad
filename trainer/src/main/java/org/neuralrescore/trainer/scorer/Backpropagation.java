package org.neuralrescore.trainer.scorer;

import java.util.Arrays;
import org.neuralrescore.trainer.model.ScaledRows;

/**
 * Loss and gradient of one user against a positive and its negatives. The user's part of the first
 * layer is computed once for all of them. All inner loops add scaled rows to rows, and rows scaled
 * by zero are left out: two thirds of the factors, nine tenths of their products and half of the
 * activations are zero. One instance a thread.
 */
final class Backpropagation {
  private final NetworkLayout layout;
  private final float[][][] transposed;
  private final float[] userPart;
  private final float[] userDelta;
  private final float[] product;
  private final float[][] activations;
  private final float[][] deltas;
  private final ScaledRows rows;
  private float[] features = {};
  private int featureOffset;

  /**
   * Binds the buffers.
   *
   * @param transposed from {@link #transpose}, shared by the threads of a batch
   */
  Backpropagation(NetworkLayout layout, float[][][] transposed) {
    this.layout = layout;
    this.transposed = transposed;
    userPart = new float[layout.out(0)];
    userDelta = new float[layout.out(0)];
    product = new float[layout.rank()];
    activations = new float[layout.depth()][];
    deltas = new float[layout.depth()][];
    int widest = Math.max(layout.rank(), Math.max(layout.featureWidth(), layout.contextWidth()));
    for (int l = 0; l < layout.depth(); l++) {
      activations[l] = new float[layout.out(l)];
      deltas[l] = new float[layout.out(l)];
      widest = Math.max(widest, layout.out(l));
    }
    rows = new ScaledRows(widest);
  }

  /** Room for {@link #transpose}: for every layer but the first, [out][in]. */
  static float[][][] transposedRoom(NetworkLayout layout) {
    float[][][] room = new float[layout.depth()][][];
    room[0] = new float[0][];
    for (int l = 1; l < layout.depth(); l++) {
      room[l] = new float[layout.out(l)][layout.in(l)];
    }
    return room;
  }

  /** Copies weights [in x out] to [out x in], so that the backward pass also adds scaled rows. */
  static void transpose(NetworkLayout layout, float[][] parameters, float[][][] room) {
    for (int l = 1; l < layout.depth(); l++) {
      for (int i = 0; i < layout.in(l); i++) {
        float[] row = parameters[layout.weights(l) + i];
        for (int o = 0; o < row.length; o++) {
          room[l][o][i] = row[o];
        }
      }
    }
  }

  /**
   * Adds the gradient of the summed logistic loss of one group.
   *
   * @param parameters by layout
   * @param gradient by layout, added to
   * @param users row-major [. x rank]; the user's vector begins at {@code userOffset}
   * @param positives row-major [. x rank]; the positive's vector begins at {@code positiveOffset}
   * @param items row-major [items x rank]
   * @param negatives item rows
   * @param features row-major [1 + negatives x f], the positive's row first
   * @param context row-major [. x c]; the example's row begins at {@code contextOffset}
   * @return the summed loss
   */
  double addGroup(
      float[][] parameters,
      float[][] gradient,
      float[] users,
      int userOffset,
      float[] positives,
      int positiveOffset,
      float[] items,
      int[] negatives,
      float[] features,
      float[] context,
      int contextOffset) {
    int rank = layout.rank();
    int f = layout.featureWidth();
    int c = layout.contextWidth();
    System.arraycopy(parameters[layout.bias(0)], 0, userPart, 0, userPart.length);
    rows.add(userPart, users, userOffset, rank, parameters, layout.weights(0));
    rows.add(userPart, context, contextOffset, c, parameters, layout.context());
    Arrays.fill(userDelta, 0f);
    bind(features, 0);
    double loss = addRow(parameters, gradient, users, userOffset, positives, positiveOffset, true);
    for (int n = 0; n < negatives.length; n++) {
      bind(features, (n + 1) * f);
      loss += addRow(parameters, gradient, users, userOffset, items, negatives[n] * rank, false);
    }
    ScaledRows.add(gradient[layout.bias(0)], 1f, userDelta);
    addOuter(gradient, layout.weights(0), users, userOffset, rank, userDelta);
    addOuter(gradient, layout.context(), context, contextOffset, c, userDelta);
    return loss;
  }

  private void bind(float[] rowsOfFeatures, int offset) {
    features = rowsOfFeatures;
    featureOffset = offset;
  }

  private double addRow(
      float[][] parameters,
      float[][] gradient,
      float[] users,
      int userOffset,
      float[] items,
      int itemOffset,
      boolean positive) {
    float[] dotPath = parameters[layout.dotPath()];
    float[] dotGradient = gradient[layout.dotPath()];
    float dot = 0f;
    for (int f = 0; f < product.length; f++) {
      product[f] = users[userOffset + f] * items[itemOffset + f];
      dot += product[f];
    }
    double logit = dotPath[0] * dot + dotPath[1] + forward(parameters, items, itemOffset);
    float error = (float) (1 / (1 + Math.exp(-logit)) - (positive ? 1 : 0));
    dotGradient[0] += error * dot;
    dotGradient[1] += error;
    backward(error, gradient, items, itemOffset);
    return Softplus.of(positive ? -logit : logit);
  }

  private float forward(float[][] parameters, float[] items, int itemOffset) {
    int rank = layout.rank();
    float[] hidden = activations[0];
    System.arraycopy(userPart, 0, hidden, 0, hidden.length);
    rows.add(hidden, items, itemOffset, rank, parameters, layout.weights(0) + rank);
    rows.add(hidden, product, 0, rank, parameters, layout.weights(0) + 2 * rank);
    rows.add(hidden, features, featureOffset, layout.featureWidth(), parameters, layout.features());
    for (int l = 1; l < layout.depth(); l++) {
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = Math.max(0f, hidden[i]);
      }
      float[] next = activations[l];
      System.arraycopy(parameters[layout.bias(l)], 0, next, 0, next.length);
      rows.add(next, hidden, 0, hidden.length, parameters, layout.weights(l));
      hidden = next;
    }
    return hidden[0];
  }

  private void backward(float error, float[][] gradient, float[] items, int itemOffset) {
    int top = layout.depth() - 1;
    deltas[top][0] = error;
    for (int l = top; l >= 1; l--) {
      float[] delta = deltas[l];
      float[] below = deltas[l - 1];
      float[] x = activations[l - 1];
      Arrays.fill(below, 0f);
      ScaledRows.add(gradient[layout.bias(l)], 1f, delta);
      rows.add(below, delta, 0, delta.length, transposed[l], 0);
      addOuter(gradient, layout.weights(l), x, 0, x.length, delta);
      for (int i = 0; i < x.length; i++) {
        below[i] = x[i] > 0f ? below[i] : 0f;
      }
    }
    int rank = layout.rank();
    float[] delta = deltas[0];
    ScaledRows.add(userDelta, 1f, delta);
    addOuter(gradient, layout.weights(0) + rank, items, itemOffset, rank, delta);
    addOuter(gradient, layout.weights(0) + 2 * rank, product, 0, rank, delta);
    addOuter(gradient, layout.features(), features, featureOffset, layout.featureWidth(), delta);
  }

  /** Row {@code firstRow + i} of the gradient gets {@code x_i delta}. */
  private static void addOuter(
      float[][] gradient, int firstRow, float[] x, int xOffset, int length, float[] delta) {
    for (int i = 0; i < length; i++) {
      float factor = x[xOffset + i];
      if (factor != 0f) {
        ScaledRows.add(gradient[firstRow + i], factor, delta);
      }
    }
  }
}
