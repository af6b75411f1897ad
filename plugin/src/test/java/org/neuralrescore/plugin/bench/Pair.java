// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Medians of two things that were done in turn, in microseconds.
 *
 * @param first what the other is compared with
 */
record Pair(double first, double second) {
  double ratio() {
    return second / first;
  }

  /** The median of a number of each. */
  static double median(List<Pair> pairs, ToDoubleFunction<Pair> number) {
    double[] sorted = pairs.stream().mapToDouble(number).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
