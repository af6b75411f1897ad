// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.neuralrescore.trainer.release.report.Section.Curve;
import org.neuralrescore.trainer.release.report.Section.Point;

/** Lines, their axes and a legend. */
final class CurvesChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 280;
  private static final int COLOURS = 6;
  private static final int MARKED_POINTS = 60;

  private CurvesChart() {}

  static String draw(Section.Curves section) {
    Svg svg = new Svg(WIDTH, HEIGHT, section.heading());
    List<Point> points = section.curves().stream().flatMap(c -> c.points().stream()).toList();
    if (points.isEmpty()) {
      svg.text("label", "middle", WIDTH / 2.0, HEIGHT / 2.0, "nothing was recorded");
      return svg.close();
    }
    Axis x = axis(points, Point::x, 64, WIDTH - 170.0);
    Axis y = axis(points, Point::y, HEIGHT - 44.0, 16);
    for (double tick : y.ticks(5)) {
      svg.line("grid", 64, y.pixel(tick), WIDTH - 170.0, y.pixel(tick));
      svg.text("label", "end", 58, y.pixel(tick) + 4, Axis.label(tick));
    }
    for (double tick : x.ticks(8)) {
      svg.text("label", "middle", x.pixel(tick), HEIGHT - 26.0, Axis.label(tick));
    }
    svg.text("label", "middle", (64 + WIDTH - 170.0) / 2, HEIGHT - 8.0, section.xLabel());
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
    double legend = 24 + index * 20.0;
    svg.line("curve " + colour, WIDTH - 158.0, legend - 4, WIDTH - 138.0, legend - 4);
    svg.text("label", "start", WIDTH - 132.0, legend, curve.name());
  }

  private static Axis axis(
      List<Point> points, ToDoubleFunction<Point> part, double from, double to) {
    double low = points.stream().mapToDouble(part).min().orElseThrow();
    double high = points.stream().mapToDouble(part).max().orElseThrow();
    return Axis.over(low, high, from, to);
  }
}
