// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

/**
 * What each loss weighs in the total, all of them means a sample.
 *
 * @param reconstruction of the weighted implicit squared error that the factorisation minimises
 * @param score lambda, of the logistic loss of the score; above 0
 * @param rating of the squared error of ratings scaled to [0, 1]
 * @param category of the cross-entropy of an item's categories
 */
public record TaskWeights(double reconstruction, double score, double rating, double category) {
  public TaskWeights {
    if (!(reconstruction >= 0) || !(score > 0) || !(rating >= 0) || !(category >= 0)) {
      throw new IllegalArgumentException(
          "task weights expect the score's above 0 and no other below 0, got "
              + reconstruction
              + ", "
              + score
              + ", "
              + rating
              + ", "
              + category);
    }
  }

  /** Reconstruction and {@code lambda} times the score. */
  public static TaskWeights joint(double lambda) {
    return new TaskWeights(1, lambda, 0, 0);
  }

  /** Score, rating and category heads beside the reconstruction. */
  public static TaskWeights multiTask(double score, double rating, double category) {
    return new TaskWeights(1, score, rating, category);
  }
}
