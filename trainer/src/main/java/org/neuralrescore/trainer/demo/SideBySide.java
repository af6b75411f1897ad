// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lists beside each other, a column each, cut to a terminal's width. */
public final class SideBySide {

  /**
   * A column.
   *
   * @param heading its first line
   * @param lines below
   */
  public record Column(String heading, List<String> lines) {
    public Column {
      lines = List.copyOf(lines);
    }
  }

  private SideBySide() {}

  /**
   * Renders.
   *
   * @param width of the whole, in characters
   */
  public static String render(List<Column> columns, int width) {
    int each = Math.max(12, (width - 4 - 2 * (columns.size() - 1)) / columns.size());
    int rows = columns.stream().mapToInt(c -> c.lines().size()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    out.append("    ").append(line(columns.stream().map(Column::heading).toList(), each));
    out.append("    ").append(line(columns.stream().map(c -> "-".repeat(each)).toList(), each));
    for (int row = 0; row < rows; row++) {
      int current = row;
      out.append(String.format(Locale.ROOT, "%3d ", row + 1))
          .append(
              line(
                  columns.stream()
                      .map(c -> current < c.lines().size() ? c.lines().get(current) : "")
                      .toList(),
                  each));
    }
    return out.toString();
  }

  private static String line(List<String> cells, int each) {
    return cells.stream()
            .map(cell -> String.format(Locale.ROOT, "%-" + each + "s", cut(cell, each)))
            .collect(Collectors.joining("  "))
            .stripTrailing()
        + "\n";
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
