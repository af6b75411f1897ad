// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

/**
 * What a baseline takes over from the model beside it, so that the comparison is fair.
 *
 * @param rank factors of those that have factors
 * @param seed of those that begin at random
 * @param strength how many steps above their usual regularisation those stand that know one; below
 *     where it is negative
 */
public record BaselineOptions(int rank, long seed, int strength) {
  /** A model of fewer factors says nothing of how many others want. */
  private static final int FEW = 8;

  private static final int USUAL = 64;

  /**
   * Beside a model.
   *
   * @param rank its k, taken over but where it is less than {@value #FEW}, as of the single factor
   *     that stands for what everybody likes
   */
  public static BaselineOptions beside(int rank, long seed) {
    return new BaselineOptions(rank < FEW ? USUAL : rank, seed, 0);
  }

  /** All else as it is. */
  public BaselineOptions withStrength(int value) {
    return new BaselineOptions(rank, seed, value);
  }

  public BaselineOptions {
    if (rank < 1) {
      throw new IllegalArgumentException("baselines expect a rank of at least 1, got " + rank);
    }
  }
}
