// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The medians of two things that a benchmark does in turn, of one iteration. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Turns {
  private static final int MOST = 1 << 17;
  private static final double NANOS_A_MICRO = 1e3;

  private final long[] first = new long[MOST];
  private final long[] second = new long[MOST];
  private int n;

  /** Forgets. */
  @Setup(Level.Iteration)
  public void reset() {
    n = 0;
  }

  void add(long firstNanos, long secondNanos) {
    first[n % MOST] = firstNanos;
    second[n % MOST] = secondNanos;
    n++;
  }

  /** Of the one that begins. */
  public double firstMicros() {
    return median(first);
  }

  /** Of the other. */
  public double secondMicros() {
    return median(second);
  }

  private double median(long[] nanos) {
    long[] sorted = Arrays.copyOf(nanos, Math.min(n, MOST));
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2] / NANOS_A_MICRO;
  }
}
