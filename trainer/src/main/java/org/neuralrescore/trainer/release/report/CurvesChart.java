// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.neuralrescore.trainer.release.report.Section.Curve;
import org.neuralrescore.trainer.release.report.Section.Point;

/** Lines, their axes and a legend below them. */
final class CurvesChart {
  private static final int PLOT = 240;
  private static final int LEFT = 52;
  private static final double RIGHT = Svg.WIDTH - 14.0;

  /** Of an axis's labels and of each name in the legend. */
  private static final int LINE = 19;

  private static final int COLOURS = 6;
  private static final int MARKED_POINTS = 60;

  private CurvesChart() {}

  static String draw(Section.Curves section) {
    int height = PLOT + LINE * (2 + section.curves().size()) + 4;
    Svg svg = new Svg(Svg.WIDTH, height, section.heading());
    List<Point> points = section.curves().stream().flatMap(c -> c.points().stream()).toList();
    if (points.isEmpty()) {
      svg.text("label", "middle", Svg.WIDTH / 2.0, height / 2.0, "nothing was recorded");
      return svg.close();
    }
    Axis x = axis(points, Point::x, LEFT, RIGHT);
    Axis y = axis(points, Point::y, PLOT, 12);
    for (double tick : y.ticks(5)) {
      svg.line("grid", LEFT, y.pixel(tick), RIGHT, y.pixel(tick));
      svg.text("label", "end", LEFT - 6.0, y.pixel(tick) + 4, Axis.label(tick));
    }
    for (double tick : x.ticks(5)) {
      svg.text("label", "middle", x.pixel(tick), PLOT + (double) LINE, Axis.label(tick));
    }
    svg.text("label", "middle", (LEFT + RIGHT) / 2, PLOT + 2.0 * LINE, section.xLabel());
    for (int i = 0; i < section.curves().size(); i++) {
      drawLine(svg, section.curves().get(i), i, x, y);
    }
    return svg.close();
  }

  private static void drawLine(Svg svg, Curve curve, int index, Axis x, Axis y) {
    String colour = "c" + index % COLOURS;
    StringBuilder d = new StringBuilder();
    for (Point p : curve.points()) {
      d.append(d.isEmpty() ? 'M' : 'L')
          .append(String.format(Locale.ROOT, "%.1f %.1f", x.pixel(p.x()), y.pixel(p.y())));
    }
    svg.path("curve " + colour, d.toString());
    if (curve.points().size() <= MARKED_POINTS) {
      for (Point p : curve.points()) {
        svg.dot(
            "dot " + colour,
            x.pixel(p.x()),
            y.pixel(p.y()),
            3,
            Axis.label(p.x()) + ": " + Axis.label(p.y()));
      }
    }
    double legend = PLOT + LINE * (3.0 + index);
    svg.line("curve " + colour, LEFT, legend - 4, LEFT + 20.0, legend - 4);
    svg.text("label", "start", LEFT + 26.0, legend, curve.name());
  }

  private static Axis axis(
      List<Point> points, ToDoubleFunction<Point> part, double from, double to) {
    double low = points.stream().mapToDouble(part).min().orElseThrow();
    double high = points.stream().mapToDouble(part).max().orElseThrow();
    return Axis.over(low, high, from, to);
  }
}
