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

  private final long[] bare = new long[MOST];
  private final long[] window = new long[MOST];
  private int n;

  /** Forgets. */
  @Setup(Level.Iteration)
  public void reset() {
    n = 0;
  }

  void add(long bareNanos, long windowNanos) {
    bare[n % MOST] = bareNanos;
    window[n % MOST] = windowNanos;
    n++;
  }

  /** Of the run alone. */
  public double bareMicros() {
    return median(bare);
  }

  /** Of the whole window. */
  public double windowMicros() {
    return median(window);
  }

  private double median(long[] nanos) {
    long[] sorted = Arrays.copyOf(nanos, Math.min(n, MOST));
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2] / NANOS_A_MICRO;
  }
}
