// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.Arrays;

/**
 * A scorer with one user and one request folded into its first layer. Of {@code [u; v; u*v; x; q;
 * r; r*v] W1 + b1} the user's and the request's parts are constants, and the products' are linear
 * in the item: {@code v (Wi + diag(u) Wp + diag(r) Wrp) + x Wx + (u Wu + q Wq + r Wr + b1)}. One
 * matrix of {@code [rank + f x out]} is left, about a third of the work, with r a fifth. Not
 * thread-safe.
 */
final class UserHalf {
  private final ScorerWeights scorer;
  private final float[] scaledUser;
  private final float[][][] layerRows;
  private final int featureWidth;
  private final float[][] featureRows;
  private final float[] firstBias;
  private final float[] row;
  private final float[][] buffers;
  private final ScaledRows rows;

  UserHalf(ScorerWeights scorer, ScorerRequest request) {
    this.scorer = scorer;
    float[] user = request.user();
    featureWidth = scorer.inputs().featureWidth();
    row = new float[featureWidth];
    int rank = scorer.rank();
    scaledUser = new float[rank];
    for (int f = 0; f < rank; f++) {
      scaledUser[f] = scorer.dotScale() * user[f];
    }
    int depth = scorer.layers().size();
    buffers = new float[depth][];
    layerRows = new float[depth][][];
    int widest = Math.max(rank, featureWidth);
    for (int l = 0; l < depth; l++) {
      Layer layer = scorer.layers().get(l);
      buffers[l] = new float[layer.out()];
      widest = Math.max(widest, layer.out());
      layerRows[l] = l == 0 ? foldFirst(layer, request) : split(layer, 0, layer.in());
    }
    rows = new ScaledRows(widest);
    int contextRow = 3 * rank + featureWidth;
    featureRows = depth == 0 ? new float[0][] : split(scorer.layers().get(0), 3 * rank, contextRow);
    firstBias = depth == 0 ? new float[0] : foldBias(scorer.layers().get(0), request, contextRow);
  }

  private static float[][] split(Layer layer, int from, int to) {
    float[][] split = new float[to - from][];
    for (int i = from; i < to; i++) {
      split[i - from] = Arrays.copyOfRange(layer.weights(), i * layer.out(), (i + 1) * layer.out());
    }
    return split;
  }

  private static float[][] foldFirst(Layer layer, ScorerRequest request) {
    int rank = request.user().length;
    float[][] first = split(layer, rank, 2 * rank);
    addScaledRows(first, layer, 2 * rank, request.user());
    addScaledRows(first, layer, layer.in() - request.recent().length, request.recent());
    return first;
  }

  /** {@code first[f] += vector[f] W[from + f]}. */
  private static void addScaledRows(float[][] first, Layer layer, int from, float[] vector) {
    float[][] products = split(layer, from, from + vector.length);
    for (int f = 0; f < vector.length; f++) {
      ScaledRows.add(first[f], vector[f], products[f]);
    }
  }

  private static float[] foldBias(Layer layer, ScorerRequest request, int contextRow) {
    float[] bias = layer.bias().clone();
    addProduct(bias, layer, 0, request.user());
    addProduct(bias, layer, contextRow, request.context());
    addProduct(bias, layer, contextRow + request.context().length, request.recent());
    return bias;
  }

  /** {@code bias += vector W[from ...]}. */
  private static void addProduct(float[] bias, Layer layer, int from, float[] vector) {
    float[][] weights = split(layer, from, from + vector.length);
    for (int i = 0; i < vector.length; i++) {
      ScaledRows.add(bias, vector[i], weights[i]);
    }
  }

  float score(float[] items, int offset, float[] features, int featureOffset) {
    float dot = 0f;
    for (int f = 0; f < scaledUser.length; f++) {
      dot += scaledUser[f] * items[offset + f];
    }
    float logit = dot + scorer.bias();
    int wide = scorer.inputs().wide() ? ScorerInputs.WIDE_WIDTH : 0;
    if (wide > 0) {
      logit += scorer.wideScale() * features[featureOffset + featureWidth - wide];
    }
    if (buffers.length == 0) {
      return logit;
    }
    float[] hidden = buffers[0];
    System.arraycopy(firstBias, 0, hidden, 0, hidden.length);
    rows.add(hidden, items, offset, scaledUser.length, layerRows[0], 0);
    rows.add(hidden, read(features, featureOffset, wide), 0, featureWidth, featureRows, 0);
    for (int l = 1; l < buffers.length; l++) {
      rectify(hidden);
      float[] next = buffers[l];
      System.arraycopy(scorer.layers().get(l).bias(), 0, next, 0, next.length);
      rows.add(next, hidden, 0, hidden.length, layerRows[l], 0);
      hidden = next;
    }
    return logit + hidden[0];
  }

  /** A row of x as the network reads it. */
  private float[] read(float[] features, int offset, int wide) {
    System.arraycopy(features, offset, row, 0, featureWidth);
    for (int i = featureWidth - wide; i < featureWidth; i++) {
      row[i] = NeighbourSums.asRead(row[i]);
    }
    return row;
  }

  private static void rectify(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(0f, x[i]);
    }
  }
}
