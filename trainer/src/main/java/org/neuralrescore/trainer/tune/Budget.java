// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What was spent and what is left, in arithmetic operations and in time: the pace so far says how
 * long the rest takes.
 */
final class Budget {
  private final Optional<Duration> time;
  private final LongSupplier nanos;
  private final long begun;
  private double worked;

  /**
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
   */
  Budget(Optional<Duration> time, LongSupplier nanos) {
    this.time = time;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  void spend(double work) {
    worked += work;
  }

  /** Whether so much more work ends in time, by the pace so far; true while nothing was worked. */
  boolean fits(double work) {
    return time.isEmpty()
        || nanos.getAsLong() - begun + left(work).orElse(0) <= time.get().toNanos();
  }

  /** Nanoseconds that so much work takes by the pace so far; empty while nothing was worked. */
  OptionalLong left(double work) {
    return worked > 0
        ? OptionalLong.of((long) ((nanos.getAsLong() - begun) / worked * work))
        : OptionalLong.empty();
  }
}
