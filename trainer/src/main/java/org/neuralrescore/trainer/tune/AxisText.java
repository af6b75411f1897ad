// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/** Values of options as texts and back; what is no value is refused by the option's name. */
record AxisText(String option) {
  private static final double RECENCY_FLOOR = 0.1;
  private static final String NUMBER = "a number";

  /** {@code DAYS} or {@code DAYS/FLOOR}. */
  HistoryWeighting weighting(String text) {
    String takes = "none, or days of decay with a floor, 30/0.1";
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      throw refused(text, takes);
    }
    double floor = parts.length == 2 ? number(parts[1], takes) : RECENCY_FLOOR;
    return new HistoryWeighting(floor, number(parts[0], takes));
  }

  String text(HistoryWeighting weighting) {
    return weighting.decayDays() + "/" + weighting.floor();
  }

  /** {@code 64x32}. */
  List<Integer> widths(String text) {
    return Stream.of(text.split("x", -1))
        .map(width -> whole(width, "widths of hidden layers, 64x32, or none"))
        .toList();
  }

  String text(List<Integer> widths) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  int whole(String text) {
    return whole(text, "a whole number");
  }

  double number(String text) {
    return number(text, NUMBER);
  }

  private int whole(String text, String takes) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused(text, takes);
    }
  }

  private double number(String text, String takes) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refused(text, takes);
    }
    if (!Double.isFinite(number)) {
      throw refused(text, takes);
    }
    return number;
  }

  IllegalArgumentException refused(String text, String takes) {
    return new IllegalArgumentException(
        "[" + text + "] is no value of " + option + ", which takes " + takes);
  }
}
