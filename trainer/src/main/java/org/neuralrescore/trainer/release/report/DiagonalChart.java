// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.Locale;
import org.neuralrescore.trainer.release.report.Section.Dot;

/**
 * A reliability diagram: dots as large as what they stand for, and the diagonal they should be on.
 */
final class DiagonalChart {
  private static final int LEFT = 40;
  private static final int SIDE = 300;
  private static final int TOP = 30;
  private static final int HEIGHT = TOP + SIDE + 42;
  private static final double LARGEST = 14;
  private static final double SMALLEST = 2.5;

  private DiagonalChart() {}

  static String draw(Section.Diagonal section) {
    Svg svg = new Svg(Svg.WIDTH, HEIGHT, section.heading());
    Axis x = new Axis(0, 1, LEFT, LEFT + SIDE);
    Axis y = new Axis(0, 1, TOP + SIDE, TOP);
    for (double tick : x.ticks(5)) {
      svg.line("grid", x.pixel(tick), TOP, x.pixel(tick), TOP + SIDE);
      svg.line("grid", LEFT, y.pixel(tick), LEFT + SIDE, y.pixel(tick));
      svg.text("label", "middle", x.pixel(tick), TOP + SIDE + 16.0, Axis.label(tick));
      svg.text("label", "end", LEFT - 8.0, y.pixel(tick) + 4, Axis.label(tick));
    }
    svg.line("zero", x.pixel(0), y.pixel(0), x.pixel(1), y.pixel(1));
    svg.text("label", "middle", LEFT + SIDE / 2.0, TOP + SIDE + 34.0, section.xLabel());
    svg.text("label", "start", 0, 14, section.yLabel());
    long most = section.dots().stream().mapToLong(Dot::count).max().orElse(1);
    for (Dot dot : section.dots()) {
      svg.dot(
          "bar c0",
          x.pixel(dot.x()),
          y.pixel(dot.y()),
          Math.max(SMALLEST, LARGEST * Math.sqrt(dot.count() / (double) most)),
          String.format(
              Locale.ROOT, "%.3f said, %.3f so, %,d rows", dot.x(), dot.y(), dot.count()));
    }
    return svg.close();
  }
}
