// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import static org.neuralrescore.trainer.release.report.Svg.escape;

import java.util.List;
import java.util.Locale;

/** Rows of text, with or without bars. */
final class HtmlTables {
  private static final int BAR_WIDTH = 80;

  private HtmlTables() {}

  static String table(Section.Table table) {
    StringBuilder out = new StringBuilder("<table>\n");
    header(out, table.header());
    for (List<String> row : table.rows()) {
      out.append("<tr>");
      row.forEach(text -> cell(out, text));
      out.append("</tr>\n");
    }
    return out.append("</tbody></table>").toString();
  }

  /** Bars are drawn against the largest share, figures are the shares themselves. */
  static String shares(Section.Shares shares) {
    double largest = shares.rows().stream().mapToDouble(Section.Share::share).max().orElse(0);
    StringBuilder out = new StringBuilder("<table>\n");
    header(out, shares.header());
    for (Section.Share row : shares.rows()) {
      out.append("<tr>");
      cell(out, row.name());
      double width = largest == 0 ? 0 : BAR_WIDTH * row.share() / largest;
      out.append(
          String.format(
              Locale.ROOT,
              "<td class=\"share\"><i style=\"width:%.0fpx\"></i>%.1f %%</td>",
              width,
              100 * row.share()));
      row.texts().forEach(text -> cell(out, text));
      out.append("</tr>\n");
    }
    return out.append("</tbody></table>").toString();
  }

  private static void header(StringBuilder out, List<String> texts) {
    out.append("<thead><tr>");
    texts.forEach(text -> out.append("<th scope=\"col\">").append(escape(text)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
  }

  private static void cell(StringBuilder out, String text) {
    out.append("<td>").append(escape(text)).append("</td>");
  }
}
