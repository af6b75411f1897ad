// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with round tick marks (steps of 1, 2 or 5 times a power of ten).
 *
 * @param low first value
 * @param high last value, above {@code low}
 * @param from pixel of {@code low}
 * @param to pixel of {@code high}
 */
record Axis(double low, double high, double from, double to) {
  /** An axis over values, widened where all are the same. */
  static Axis over(double low, double high, double from, double to) {
    return high > low ? new Axis(low, high, from, to) : new Axis(low - 0.5, low + 0.5, from, to);
  }

  double pixel(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  List<Double> ticks(int about) {
    double raw = (high - low) / about;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double unit = raw / power;
    double step = power * (unit <= 1 ? 1 : unit <= 2 ? 2 : unit <= 5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  static String label(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    String digits = String.format(Locale.ROOT, "%.4g", value);
    // Zeros behind the point say nothing; those of a power of ten do.
    return digits.contains(".") && !digits.contains("e")
        ? digits.replaceFirst("\\.?0+$", "")
        : digits;
  }
}
