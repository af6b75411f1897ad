package org.neuralrescore.trainer.scorer;

import java.util.Arrays;

/**
 * Loss and gradient of one user against a positive and its negatives. The user's part of the first
 * layer is computed once for all of them. All inner loops are scaled rows added to rows, which the
 * compiler turns into vector instructions, and rows scaled by zero are left out: two thirds of the
 * factors, nine tenths of their products and half of the activations are zero. One instance a
 * thread.
 */
final class Backpropagation {
  private final NetworkLayout layout;
  private final float[][] transposed;
  private final float[] userPart;
  private final float[] userDelta;
  private final float[][] activations;
  private final float[][] deltas;

  /**
   * Binds the buffers.
   *
   * @param transposed from {@link #transpose}, shared by the threads of a batch
   */
  Backpropagation(NetworkLayout layout, float[][] transposed) {
    this.layout = layout;
    this.transposed = transposed;
    userPart = new float[layout.out(0)];
    userDelta = new float[layout.out(0)];
    activations = new float[layout.depth()][];
    deltas = new float[layout.depth()][];
    for (int l = 0; l < layout.depth(); l++) {
      activations[l] = new float[layout.out(l)];
      deltas[l] = new float[layout.out(l)];
    }
  }

  /** Room for {@link #transpose}: the weights of every layer but the first. */
  static float[][] transposedRoom(NetworkLayout layout) {
    float[][] room = new float[layout.depth()][];
    for (int l = 1; l < layout.depth(); l++) {
      room[l] = new float[layout.in(l) * layout.out(l)];
    }
    room[0] = new float[0];
    return room;
  }

  /** Copies weights [in x out] to [out x in], so that the backward pass also adds scaled rows. */
  static void transpose(NetworkLayout layout, float[] parameters, float[][] room) {
    for (int l = 1; l < layout.depth(); l++) {
      int in = layout.in(l);
      int out = layout.out(l);
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          room[l][o * in + i] = parameters[layout.weights(l) + i * out + o];
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
   * @param items row-major [items x rank]
   * @param rows item rows; {@code rows[from]} is the positive, the {@code count - 1} behind it are
   *     negatives
   * @return the summed loss
   */
  double addGroup(
      float[] parameters,
      float[] gradient,
      float[] users,
      int userOffset,
      float[] items,
      int[] rows,
      int from,
      int count) {
    int rank = layout.rank();
    int out = layout.out(0);
    int w = layout.weights(0);
    System.arraycopy(parameters, layout.bias(0), userPart, 0, out);
    for (int f = 0; f < rank; f++) {
      addRow(userPart, users[userOffset + f], parameters, w + f * out, out);
    }
    Arrays.fill(userDelta, 0f);
    double loss = 0;
    for (int r = from; r < from + count; r++) {
      int itemOffset = rows[r] * rank;
      float dot = 0f;
      for (int f = 0; f < rank; f++) {
        dot += users[userOffset + f] * items[itemOffset + f];
      }
      double logit =
          parameters[layout.dotScale()] * (double) dot
              + parameters[layout.dotBias()]
              + forward(parameters, users, userOffset, items, itemOffset);
      boolean positive = r == from;
      loss += Softplus.of(positive ? -logit : logit);
      float error = (float) (1 / (1 + Math.exp(-logit)) - (positive ? 1 : 0));
      gradient[layout.dotScale()] += error * dot;
      gradient[layout.dotBias()] += error;
      backward(error, gradient, users, userOffset, items, itemOffset);
    }
    int bias = layout.bias(0);
    for (int o = 0; o < out; o++) {
      gradient[bias + o] += userDelta[o];
    }
    for (int f = 0; f < rank; f++) {
      addRow(gradient, w + f * out, users[userOffset + f], userDelta, out);
    }
    return loss;
  }

  private float forward(
      float[] parameters, float[] users, int userOffset, float[] items, int itemOffset) {
    int rank = layout.rank();
    float[] hidden = activations[0];
    int out = layout.out(0);
    int itemWeights = layout.weights(0) + rank * out;
    int productWeights = itemWeights + rank * out;
    System.arraycopy(userPart, 0, hidden, 0, out);
    for (int f = 0; f < rank; f++) {
      float v = items[itemOffset + f];
      if (v != 0f) {
        addRow(hidden, v, parameters, itemWeights + f * out, out);
        addRow(hidden, v * users[userOffset + f], parameters, productWeights + f * out, out);
      }
    }
    for (int l = 1; l < layout.depth(); l++) {
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = Math.max(0f, hidden[i]);
      }
      float[] next = activations[l];
      System.arraycopy(parameters, layout.bias(l), next, 0, next.length);
      for (int i = 0; i < hidden.length; i++) {
        addRow(next, hidden[i], parameters, layout.weights(l) + i * next.length, next.length);
      }
      hidden = next;
    }
    return hidden[0];
  }

  private void backward(
      float error, float[] gradient, float[] users, int userOffset, float[] items, int itemOffset) {
    int top = layout.depth() - 1;
    deltas[top][0] = error;
    for (int l = top; l >= 1; l--) {
      int in = layout.in(l);
      int out = layout.out(l);
      float[] delta = deltas[l];
      float[] below = deltas[l - 1];
      float[] x = activations[l - 1];
      Arrays.fill(below, 0f);
      for (int o = 0; o < out; o++) {
        gradient[layout.bias(l) + o] += delta[o];
        addRow(below, delta[o], transposed[l], o * in, in);
      }
      for (int i = 0; i < in; i++) {
        if (x[i] > 0f) {
          addRow(gradient, layout.weights(l) + i * out, x[i], delta, out);
        } else {
          below[i] = 0f;
        }
      }
    }
    int rank = layout.rank();
    int out = layout.out(0);
    float[] delta = deltas[0];
    for (int o = 0; o < out; o++) {
      userDelta[o] += delta[o];
    }
    int itemWeights = layout.weights(0) + rank * out;
    int productWeights = itemWeights + rank * out;
    for (int f = 0; f < rank; f++) {
      float v = items[itemOffset + f];
      if (v != 0f) {
        addRow(gradient, itemWeights + f * out, v, delta, out);
        addRow(gradient, productWeights + f * out, v * users[userOffset + f], delta, out);
      }
    }
  }

  /** {@code y += scale * x[offset ..]}. */
  private static void addRow(float[] y, float scale, float[] x, int offset, int length) {
    if (scale != 0f) {
      for (int i = 0; i < length; i++) {
        y[i] += scale * x[offset + i];
      }
    }
  }

  /** {@code y[offset ..] += scale * x}. */
  private static void addRow(float[] y, int offset, float scale, float[] x, int length) {
    if (scale != 0f) {
      for (int i = 0; i < length; i++) {
        y[offset + i] += scale * x[i];
      }
    }
  }
}
