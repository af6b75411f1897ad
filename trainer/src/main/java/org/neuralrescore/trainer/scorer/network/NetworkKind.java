// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import java.util.Locale;

/** The networks that are trained. */
public enum NetworkKind {
  /** Beside the dot product, in the bundle. */
  SCORE(
      "a <user, item> + c + MLP over the factors: ReLU hidden layers, logistic loss on sampled"
          + " negatives",
      "He et al. 2017, Neural Collaborative Filtering, with the dot path of Rendle et al. 2020"),
  /** A second head, of multi-task training. */
  CATEGORY(
      "softmax(W2 relu(W1 x + b1) + b2) tells an item's category from its factors",
      "Caruana 1997, Multitask Learning");

  private final String description;
  private final String paper;

  NetworkKind(String description, String paper) {
    this.description = description;
    this.paper = paper;
  }

  /** Its name, such as {@code score}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line on what it computes. */
  public String description() {
    return description;
  }

  /** Where it comes from. */
  public String paper() {
    return paper;
  }
}
