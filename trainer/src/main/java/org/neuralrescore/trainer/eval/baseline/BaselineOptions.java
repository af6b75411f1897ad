// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

/**
 * What a baseline takes over from the model beside it, so that the comparison is fair.
 *
 * @param rank factors of those that have factors
 * @param seed of those that begin at random
 */
public record BaselineOptions(int rank, long seed) {
  public BaselineOptions {
    if (rank < 1) {
      throw new IllegalArgumentException("baselines expect a rank of at least 1, got " + rank);
    }
  }
}
