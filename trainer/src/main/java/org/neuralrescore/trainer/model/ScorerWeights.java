// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.List;

/**
 * The scorer {@code a <user, item> + b t + c + MLP([user; item; user * item; x; q; r; r * item])}:
 * a dot product that a small network corrects (He et al. 2017 call the parts GMF and MLP; the dot
 * path is kept explicit after Rendle et al. 2020). x is what is known of the item, q what is known
 * of the request and r the user's recent vector, where the scorer reads such; t is what the user's
 * history says of the item, and x ends with it (Cheng et al. 2016 call such a part wide, "Wide and
 * Deep Learning for Recommender Systems"). The network reads its columns as {@code sign(x) log(1 +
 * |x|)}. The score is a logit.
 *
 * @param rank k, the length of a user and of an item vector
 * @param dotScale a
 * @param bias c
 * @param wideScale b, 0 where t is not read
 * @param layers ReLU between them, none behind the last, whose width is 1; the first has {@code 3 k
 *     + f + c} inputs in the order user, item, product, features, context, and {@code 2 k} more,
 *     recent and its product, where r is read. Empty: the dot product alone, which reads nothing
 *     else; it may have context inputs all the same, so that a search need not know which scorer
 *     was chosen
 * @param inputs what is read beside the factors
 */
public record ScorerWeights(
    int rank,
    float dotScale,
    float bias,
    float wideScale,
    List<Layer> layers,
    ScorerInputs inputs) {
  private static final float[] NOTHING = {};

  public ScorerWeights {
    layers = List.copyOf(layers);
    int width = inputs.width(rank);
    for (Layer layer : layers) {
      if (layer.in() != width) {
        throw new IllegalArgumentException(
            "scorer layer expects " + width + " inputs, got " + layer.in());
      }
      width = layer.out();
    }
    if (!layers.isEmpty() && width != 1) {
      throw new IllegalArgumentException("scorer's last layer expects 1 output, got " + width);
    }
    if (layers.isEmpty() && !(inputs.features().isEmpty() && inputs.recent().isEmpty())) {
      throw new IllegalArgumentException(
          "a scorer without layers reads no features and no recent vector: " + inputs);
    }
    if (wideScale != 0 && !inputs.wide()) {
      throw new IllegalArgumentException(
          "a scorer that does not read what the history says got a scale of it: " + wideScale);
    }
  }

  /** A scorer that does not read what the history says. */
  public ScorerWeights(
      int rank, float dotScale, float bias, List<Layer> layers, ScorerInputs inputs) {
    this(rank, dotScale, bias, 0f, layers, inputs);
  }

  /** A scorer of the factors alone. */
  public ScorerWeights(int rank, float dotScale, float bias, List<Layer> layers) {
    this(rank, dotScale, bias, layers, ScorerInputs.none());
  }

  /**
   * Scores with a scorer of the factors alone, as {@link #score(ScorerRequest, float[], float[],
   * float[])} does.
   */
  public void score(float[] user, float[] items, float[] scores) {
    score(ScorerRequest.of(user), items, NOTHING, scores);
  }

  /**
   * Scores one user against many items, the user's and the request's part of the first layer
   * computed once.
   *
   * @param request u, q and r as far as the scorer reads them
   * @param items row-major [rows x rank]
   * @param features x, row-major [rows x f]
   * @param scores [rows], overwritten with logits
   */
  public void score(ScorerRequest request, float[] items, float[] features, float[] scores) {
    int width = inputs.featureWidth();
    if (request.user().length != rank || items.length != scores.length * rank) {
      throw new IllegalArgumentException(
          "scorer of rank "
              + rank
              + " got a user of "
              + request.user().length
              + ", items of "
              + items.length
              + " and room for "
              + scores.length
              + " scores");
    }
    if (features.length != scores.length * width
        || request.context().length != inputs.contextWidth()
        || request.recent().length != inputs.recentWidth(rank)) {
      throw new IllegalArgumentException(
          "scorer of "
              + inputs
              + " got item features of "
              + features.length
              + ", a context of "
              + request.context().length
              + " and a recent vector of "
              + request.recent().length
              + " for "
              + scores.length
              + " scores");
    }
    UserHalf half = new UserHalf(this, request);
    for (int row = 0; row < scores.length; row++) {
      scores[row] = half.score(items, row * rank, features, row * width);
    }
  }
}
