// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.release.report.Section.Interval;

/**
 * One row a value: its name and figures, and below them its interval as a bar and its estimate as a
 * dot. As wide as a phone, and no line of it crosses text.
 */
final class IntervalsChart {
  private static final int ROW = 40;

  /** One more line of a row whose name leaves no room for its figures. */
  private static final int LINE = 15;

  /** In characters: about seven pixels each. */
  private static final int LONG_NAME = 28;

  private static final int BELOW = 24;

  /** From a row's top to its text and to its bar. */
  private static final double TEXT = 15;

  private static final double BAR = 27;
  private static final double HALF_TICK = 7;

  private IntervalsChart() {}

  static String draw(Section.Intervals section) {
    List<Interval> rows = section.rows();
    int height = rows.stream().mapToInt(IntervalsChart::height).sum() + BELOW;
    Svg svg = new Svg(Svg.WIDTH, height, section.heading());
    double highest = rows.stream().mapToDouble(Interval::high).max().orElse(1);
    double lowest = Math.min(0, rows.stream().mapToDouble(Interval::low).min().orElse(0));
    Axis axis = Axis.over(lowest, highest, 12, Svg.WIDTH - 12.0);
    for (double tick : axis.ticks(4)) {
      svg.text("label", "middle", axis.pixel(tick), height - 6.0, Axis.label(tick));
    }
    int top = 0;
    for (Interval row : rows) {
      row(svg, row, top, axis);
      top += height(row);
    }
    return svg.close();
  }

  private static int height(Interval row) {
    return row.name().length() > LONG_NAME ? ROW + LINE : ROW;
  }

  private static void row(Svg svg, Interval row, double top, Axis axis) {
    double figuresTop = top + height(row) - ROW;
    double y = figuresTop + BAR;
    for (double tick : axis.ticks(4)) {
      String style = axis.low() < 0 && tick == 0 ? "zero" : "grid";
      svg.line(style, axis.pixel(tick), y - HALF_TICK, axis.pixel(tick), y + HALF_TICK);
    }
    String figures =
        String.format(Locale.ROOT, "%.4f  [%.4f, %.4f]", row.value(), row.low(), row.high());
    String style = row.marked() ? "c1" : "c0";
    svg.text(row.marked() ? "label strong" : "label", "start", 0, top + TEXT, row.name());
    svg.text("label figure", "end", Svg.WIDTH, figuresTop + TEXT, figures);
    svg.line("bar " + style, axis.pixel(row.low()), y, axis.pixel(row.high()), y);
    svg.dot("dot " + style, axis.pixel(row.value()), y, 4.5, row.name() + " " + figures);
  }
}
