// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * The scale of explicit ratings: {@code A / max(A)} lies in [0, 1], predictions come back.
 *
 * @param min the lowest rating, at least 0
 * @param max the highest, above {@code min}
 */
public record RatingScale(float min, float max) {
  public RatingScale {
    if (!(min >= 0) || !(max > min) || Float.isInfinite(max)) {
      throw new IllegalArgumentException(
          "rating scale expects 0 <= min < max, got " + min + " and " + max);
    }
  }

  /**
   * The scale that ratings show.
   *
   * @throws UserError of kind INPUT where they are all the same or one is negative
   */
  public static RatingScale of(Histories ratings) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int p = 0; p < ratings.size(); p++) {
      min = Math.min(min, ratings.rating(p));
      max = Math.max(max, ratings.rating(p));
    }
    if (!(min >= 0) || !(max > min)) {
      throw new UserError(
          UserError.Kind.INPUT,
          "explicit ratings expect values from 0 on that differ, got "
              + (ratings.size() == 0 ? "none" : min + " to " + max)
              + "; name the rating column");
    }
    return new RatingScale(min, max);
  }

  /** {@code A / max(A)}, [users x items]. */
  public SparseMatrix scale(Histories ratings) {
    float[] values = new float[ratings.size()];
    for (int p = 0; p < values.length; p++) {
      values[p] = ratings.rating(p) / max;
    }
    return ratings.toMatrix(values);
  }

  /** A scaled prediction as a rating, not below the lowest nor above the highest. */
  public double rating(double scaled) {
    return Math.min(max, Math.max(min, scaled * max));
  }
}
