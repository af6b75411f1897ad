// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

/** Sums of unweighted losses while an epoch runs. */
final class LossSums {
  double reconstruction;
  double score;
  double rating;
  double category;
  int positives;

  void add(LossSums other) {
    reconstruction += other.reconstruction;
    score += other.score;
    rating += other.rating;
    category += other.category;
    positives += other.positives;
  }

  TaskLosses means(int rowsAPositive) {
    double n = Math.max(1, positives);
    return new TaskLosses(reconstruction / n, score / n / rowsAPositive, rating / n, category / n);
  }
}
