// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.util.Collections;
import java.util.List;

/**
 * Repeated measurements of one thing.
 *
 * @param median seconds
 * @param least seconds
 * @param most seconds
 * @param count measurements
 */
public record Timings(double median, double least, double most, int count) {

  /** Of at least one measurement, in seconds. */
  static Timings of(List<Double> seconds) {
    double least = Collections.min(seconds);
    double most = Collections.max(seconds);
    List<Double> sorted = seconds.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Timings(median, least, most, seconds.size());
  }
}
