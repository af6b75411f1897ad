package org.neuralrescore.trainer.model;

import java.util.List;

/**
 * The scorer {@code a <user, item> + c + MLP([user; item; user * item])}: a dot product that a
 * small network corrects (He et al. 2017 call the parts GMF and MLP; the dot path is kept explicit
 * after Rendle et al. 2020). The score is a logit.
 *
 * @param rank k, the length of a user and of an item vector
 * @param dotScale a
 * @param bias c
 * @param layers ReLU between them, none behind the last, whose width is 1; the first has {@code 3
 *     k} inputs in the order user, item, product. Empty: the dot product alone
 */
public record ScorerWeights(int rank, float dotScale, float bias, List<Layer> layers) {
  public ScorerWeights {
    layers = List.copyOf(layers);
    int width = 3 * rank;
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
  }

  /**
   * Scores one user against many items, the user's half of the first layer computed once.
   *
   * @param user [rank]
   * @param items row-major [rows x rank]
   * @param scores [rows], overwritten with logits
   */
  public void score(float[] user, float[] items, float[] scores) {
    if (user.length != rank || items.length != scores.length * rank) {
      throw new IllegalArgumentException(
          "scorer of rank "
              + rank
              + " got a user of "
              + user.length
              + ", items of "
              + items.length
              + " and room for "
              + scores.length
              + " scores");
    }
    UserHalf half = new UserHalf(this, user);
    for (int row = 0; row < scores.length; row++) {
      scores[row] = half.score(items, row * rank);
    }
  }
}
