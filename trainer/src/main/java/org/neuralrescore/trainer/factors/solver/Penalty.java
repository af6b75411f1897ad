// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

/**
 * What a factor pays for its size: {@code l1 sum x + l2 / 2 sum x^2}.
 *
 * @param l1 weight of the sum, at least 0; makes entries zero
 * @param l2 weight of half the sum of squares, at least 0
 */
public record Penalty(double l1, double l2) {
  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0);

  public Penalty {
    if (!(l1 >= 0) || !(l2 >= 0) || Double.isInfinite(l1) || Double.isInfinite(l2)) {
      throw new IllegalArgumentException(
          "penalty expects l1 and l2 that are finite and at least 0, got " + l1 + ", " + l2);
    }
  }

  /** The penalty of a whole factor. */
  double of(double[] factor) {
    if (l1 == 0 && l2 == 0) {
      return 0;
    }
    double squares = DenseKernels.dot(factor, 0, factor, 0, factor.length);
    return l1 * DenseKernels.sum(factor, 0, factor.length) + 0.5 * l2 * squares;
  }
}
