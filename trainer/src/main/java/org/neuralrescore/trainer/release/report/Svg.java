// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.Locale;

/** An SVG drawing under construction; text is escaped here and nowhere else. */
final class Svg {
  /** Of every drawing, in pixels of a phone: it is shown as wide or a third wider. */
  static final int WIDTH = 360;

  private final StringBuilder out = new StringBuilder();

  /**
   * Begins.
   *
   * @param title what it shows, for those who do not see it
   */
  Svg(int width, int height, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                + " aria-label=\"%5$s\"><title>%5$s</title>",
            width,
            height,
            width,
            height,
            escape(title)));
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            style,
            x1,
            y1,
            x2,
            y2));
  }

  void path(String style, String d) {
    out.append("<path class=\"").append(style).append("\" d=\"").append(d).append("\"/>");
  }

  /** A dot that says what it stands for when pointed at. */
  void dot(String style, double x, double y, double radius, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
            style,
            x,
            y,
            radius,
            escape(title)));
  }

  void text(String style, String anchor, double x, double y, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
            style,
            anchor,
            x,
            y,
            escape(text)));
  }

  String close() {
    return out.append("</svg>").toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
