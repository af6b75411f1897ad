// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import org.neuralrescore.trainer.scorer.network.GradientRows;

/** Gradients of the heads' parameters, empty for a head that is not there. */
final class HeadGradients {
  private final double[][] score;
  private final double[][] rating;
  private final double[][] category;

  HeadGradients(double[][] score, double[][] rating, double[][] category) {
    this.score = score;
    this.rating = rating;
    this.category = category;
  }

  double[][] score() {
    return score;
  }

  double[][] rating() {
    return rating;
  }

  double[][] category() {
    return category;
  }

  void clear() {
    GradientRows.clear(score);
    GradientRows.clear(rating);
    GradientRows.clear(category);
  }

  void add(HeadGradients other) {
    GradientRows.add(score, other.score);
    GradientRows.add(rating, other.rating);
    GradientRows.add(category, other.category);
  }

  void scale(double factor) {
    GradientRows.scale(score, factor);
    GradientRows.scale(rating, factor);
    GradientRows.scale(category, factor);
  }
}
