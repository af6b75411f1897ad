package org.neuralrescore.trainer.joint;

import java.util.Arrays;

/** Gradients of the heads' parameters, empty for a head that is not there. */
final class HeadGradients {
  private final double[] score;
  private final double[] rating;
  private final double[] category;

  HeadGradients(double[] score, double[] rating, double[] category) {
    this.score = score;
    this.rating = rating;
    this.category = category;
  }

  double[] score() {
    return score;
  }

  double[] rating() {
    return rating;
  }

  double[] category() {
    return category;
  }

  void clear() {
    Arrays.fill(score, 0);
    Arrays.fill(rating, 0);
    Arrays.fill(category, 0);
  }

  void add(HeadGradients other) {
    add(score, other.score);
    add(rating, other.rating);
    add(category, other.category);
  }

  void scale(double factor) {
    scale(score, factor);
    scale(rating, factor);
    scale(category, factor);
  }

  private static void add(double[] to, double[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
