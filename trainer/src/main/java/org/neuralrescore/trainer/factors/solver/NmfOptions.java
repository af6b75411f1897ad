// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link Nmf}. The number of threads is the {@code Workers}' and never changes a result.
 *
 * @param solver the solver, and with it the loss, default {@link NmfSolver#ACCELERATED_HALS}
 * @param rank k, the number of factors, default 64
 * @param sweeps updates of both factors at most, default 50
 * @param tolerance stops once a sweep lowers the objective by no more than this share of it; 0
 *     stops only where it no longer falls at all; default 1e-4
 * @param rowPenalty on W, default none
 * @param columnPenalty on H, default none
 * @param initialisation the start, default random
 * @param seed of the start, default 42
 */
@RecordBuilder
public record NmfOptions(
    NmfSolver solver,
    int rank,
    int sweeps,
    double tolerance,
    Penalty rowPenalty,
    Penalty columnPenalty,
    Initialisation initialisation,
    long seed)
    implements NmfOptionsBuilder.With {
  public NmfOptions {
    if (rank < 1 || sweeps < 1) {
      throw new IllegalArgumentException(
          "NMF expects rank and sweeps of at least 1, got " + rank + ", " + sweeps);
    }
    if (!(tolerance >= 0) || tolerance >= 1) {
      throw new IllegalArgumentException("NMF expects a tolerance in [0, 1), got " + tolerance);
    }
  }

  /** The documented defaults. */
  public static NmfOptions defaults() {
    return new NmfOptions(
        NmfSolver.ACCELERATED_HALS,
        64,
        50,
        1e-4,
        Penalty.NONE,
        Penalty.NONE,
        Initialisation.RANDOM,
        42L);
  }

  /** The same with other penalties on W and H. */
  public NmfOptions withPenalties(Penalty rows, Penalty columns) {
    return with().rowPenalty(rows).columnPenalty(columns).build();
  }
}
