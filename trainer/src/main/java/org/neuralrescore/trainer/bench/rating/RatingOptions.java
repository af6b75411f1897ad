// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Options of {@link BiasedFactorisation}.
 *
 * @param rank k, default 20
 * @param ridge regularisation of a row's factors for each of its ratings, in ratings scaled to [0,
 *     1], default 0.02
 * @param biasDamping how many ratings of nothing special stand against a bias, default 4
 * @param sweeps alternations, default 20
 * @param innerSweeps passes of coordinate descent over a row in one half-sweep, default 4
 * @param seed of the random start, default 42
 */
@RecordBuilder
public record RatingOptions(
    int rank, double ridge, double biasDamping, int sweeps, int innerSweeps, long seed)
    implements RatingOptionsBuilder.With {
  public RatingOptions {
    if (rank < 1 || sweeps < 1 || innerSweeps < 1 || !(ridge > 0) || !(biasDamping > 0)) {
      throw new IllegalArgumentException(
          "biased factorisation expects rank and sweeps of at least 1, a ridge and a damping above"
              + " 0, got "
              + List.of(rank, sweeps, innerSweeps, ridge, biasDamping));
    }
  }

  /** The documented defaults. */
  public static RatingOptions defaults() {
    return new RatingOptions(20, 0.02, 4, 20, 4, 42);
  }

  /** The same with other regularisation. */
  public RatingOptions withRegularisation(double factors, double biases) {
    return with().ridge(factors).biasDamping(biases).build();
  }
}
