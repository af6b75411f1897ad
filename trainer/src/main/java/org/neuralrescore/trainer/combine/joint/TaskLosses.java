// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

/**
 * Each task's unweighted mean loss; 0 for a task of weight 0.
 *
 * @param reconstruction a positive's share of the factorisation's loss, regularisation included
 * @param score logistic loss a row
 * @param rating squared error a positive
 * @param category cross-entropy an item with categories
 */
public record TaskLosses(double reconstruction, double score, double rating, double category) {
  /** The weighted sum that training minimises. */
  public double total(TaskWeights weights) {
    return weights.reconstruction() * reconstruction
        + weights.score() * score
        + weights.rating() * rating
        + weights.category() * category;
  }
}
