// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.release.report.Section.Interval;

/** One row a value: its interval as a bar, its estimate as a dot, the figures beside them. */
final class IntervalsChart {
  private static final int WIDTH = 720;
  private static final int ROW = 26;

  private IntervalsChart() {}

  static String draw(Section.Intervals section) {
    List<Interval> rows = section.rows();
    int height = rows.size() * ROW + 40;
    Svg svg = new Svg(WIDTH, height, section.heading());
    double highest = rows.stream().mapToDouble(Interval::high).max().orElse(1);
    double lowest = Math.min(0, rows.stream().mapToDouble(Interval::low).min().orElse(0));
    Axis axis = Axis.over(lowest, highest, 190, WIDTH - 190.0);
    for (double tick : axis.ticks(5)) {
      svg.line("grid", axis.pixel(tick), 8, axis.pixel(tick), height - 28.0);
      svg.text("label", "middle", axis.pixel(tick), height - 12.0, Axis.label(tick));
    }
    if (lowest < 0) {
      svg.line("zero", axis.pixel(0), 8, axis.pixel(0), height - 28.0);
    }
    for (int i = 0; i < rows.size(); i++) {
      Interval row = rows.get(i);
      double y = 20 + i * (double) ROW;
      String style = row.marked() ? "c1" : "c0";
      svg.text(row.marked() ? "label strong" : "label", "end", 180, y + 4, row.name());
      svg.line("bar " + style, axis.pixel(row.low()), y, axis.pixel(row.high()), y);
      String figures =
          String.format(Locale.ROOT, "%.4f  [%.4f, %.4f]", row.value(), row.low(), row.high());
      svg.dot("dot " + style, axis.pixel(row.value()), y, 4.5, row.name() + " " + figures);
      svg.text("label figure", "start", WIDTH - 178.0, y + 4, figures);
    }
    return svg.close();
  }
}
