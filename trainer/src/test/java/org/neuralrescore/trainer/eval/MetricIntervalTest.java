// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricIntervalTest {
  private static MetricInterval ofEqual(int cases, double value) {
    double[] all = new double[cases];
    Arrays.fill(all, value);
    return MetricInterval.of(all, 42);
  }

  /** Clopper and Pearson's ends, of the tables of binom.test in R. */
  @ParameterizedTest
  @CsvSource({"10, 0.3085", "3, 0.7076", "1, 0.9750", "100, 0.0362"})
  void ofCasesThatAllFailed_reachesToTheExactEnd_andOfAllThatSucceededFromIt(
      int cases, double end) {
    MetricInterval failed = ofEqual(cases, 0);
    assertEquals(0, failed.low());
    assertEquals(end, failed.high(), 1e-4);
    MetricInterval succeeded = ofEqual(cases, 1);
    assertEquals(1 - end, succeeded.low(), 1e-4);
    assertEquals(1, succeeded.high());
  }

  @Test
  void ofEqualCasesBetween_isNoPoint() {
    MetricInterval interval = ofEqual(10, 0.5);
    assertEquals(0.5, interval.mean());
    assertEquals(0.5 * (1 - 0.3085), interval.low(), 1e-4);
    assertEquals(0.5 * (1 - 0.3085) + 0.3085, interval.high(), 1e-4);
  }

  @Test
  void ofManyCasesThatDiffer_isTheBootstraps() {
    double[] cases = new SplittableRandom(7).doubles(1000).toArray();
    MetricInterval interval = MetricInterval.of(cases, 42);
    // The mean of n uniform ones has the standard deviation 1 / sqrt(12 n).
    double half = 1.96 / Math.sqrt(12 * 1000.0);
    assertEquals(interval.mean() - half, interval.low(), 0.1 * half);
    assertEquals(interval.mean() + half, interval.high(), 0.1 * half);
    assertTrue(interval.low() < interval.mean() && interval.mean() < interval.high());
  }
}
