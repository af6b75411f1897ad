// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.SquaredFoldIn;

/**
 * What a quadratic fold-in adds to the normal equations of a history: it minimises {@code 1/2 x'Qx
 * - b'x} with {@code Q = base + ridge I} and, of the implicit loss alone, {@code sum_i w_i h_i
 * h_i'}, and {@code b = sum_i w_i h_i - l1}.
 */
final class QuadraticTerms {
  /** Row-major [rank x rank], not a copy. */
  final float[] base;

  final double ridge;
  final double l1;

  /** Whether a history's items are in Q: of the squared error every history has the same one. */
  final boolean grams;

  private QuadraticTerms(float[] base, double ridge, double l1, boolean grams) {
    this.base = base;
    this.ridge = ridge;
    this.l1 = l1;
    this.grams = grams;
  }

  /**
   * Of a fold-in.
   *
   * @param totalWeight {@code sum_i w_i} of the history
   */
  static QuadraticTerms of(FoldIn foldIn, double totalWeight) {
    if (foldIn instanceof ImplicitFoldIn implicit) {
      return new QuadraticTerms(
          implicit.scaledGram(),
          implicit.lambda() * (totalWeight + implicit.unobserved()),
          0,
          true);
    }
    SquaredFoldIn squared = (SquaredFoldIn) foldIn;
    return new QuadraticTerms(squared.normal(), 0, squared.l1(), false);
  }
}
