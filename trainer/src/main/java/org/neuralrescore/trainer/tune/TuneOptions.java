// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much a search may spend.
 *
 * @param trials candidates in the first rung, default 27: the budget that decides the result
 * @param eta of each rung one in {@code eta} goes on, default 3
 * @param minSweeps sweeps in the first rung, default 2
 * @param maxSweeps sweeps in the last rung, default 18
 * @param cutoff k of NDCG@k, default 10
 * @param time no further rung begins that would not end in this time; empty: no limit. The clock
 *     decides how far a search gets and never what it finds so far
 * @param seed of the draw and of the factors' start, default 42
 */
public record TuneOptions(
    int trials,
    int eta,
    int minSweeps,
    int maxSweeps,
    int cutoff,
    Optional<Duration> time,
    long seed) {
  public TuneOptions {
    if (trials < 1 || eta < 2 || minSweeps < 1 || maxSweeps < minSweeps || cutoff < 1) {
      throw new IllegalArgumentException(
          "tuning expects trials >= 1, eta >= 2, 1 <= min sweeps <= max sweeps and a cut-off >= 1,"
              + " got "
              + List.of(trials, eta, minSweeps, maxSweeps, cutoff));
    }
    if (time.isPresent() && (time.get().isNegative() || time.get().isZero())) {
      throw new IllegalArgumentException("tuning expects a time above 0, got " + time.get());
    }
  }

  /** The documented defaults. */
  public static TuneOptions defaults() {
    return new TuneOptions(27, 3, 2, 18, 10, Optional.empty(), 42L);
  }

  /** One rung: so many candidates get so many sweeps in all. */
  record Rung(int candidates, int sweeps) {}

  /**
   * The rungs for a number of candidates. Sweeps grow by {@code eta} and candidates fall by it,
   * until {@code maxSweeps} is reached or one candidate is left; the last rung has {@code
   * maxSweeps}.
   */
  List<Rung> rungs(int candidates) {
    List<Rung> rungs = new ArrayList<>();
    int left = candidates;
    int sweeps = minSweeps;
    while (left > 1 && sweeps < maxSweeps) {
      rungs.add(new Rung(left, sweeps));
      left = (left + eta - 1) / eta;
      sweeps = (int) Math.min(maxSweeps, (long) sweeps * eta);
    }
    rungs.add(new Rung(left, maxSweeps));
    return rungs;
  }
}
