// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import static org.neuralrescore.trainer.release.report.Svg.escape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.WholeFile;

/** Renders a report as one self-contained page. The same report gives the same bytes. */
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2530; --soft: #5d6875; --grid: #dfe4ea; --paper: #fbfcfd;
              --card: #fff; --blue: #2667b0; --orange: #c2571a; --green: #23804a; --violet: #7d4fc0;
              --red: #b03355; --olive: #76761f; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6eaef; --soft: #9ba7b4; --grid: #333d48; --paper: #12171d; --card: #1a2129;
                --blue: #6aa9ee; --orange: #f0925a; --green: #5cc489; --violet: #b692f0; --red: #ec7a98;
                --olive: #c4c45c; }
      }
      * { box-sizing: border-box; }
      body { font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; max-width: 860px;
             margin: 0 auto; padding: 2.5rem 1.25rem 4rem; color: var(--ink); background: var(--paper); }
      h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
      h2 { font-size: 1.25rem; margin: 3rem 0 .8rem; padding-bottom: .3rem; border-bottom: 2px solid var(--grid); }
      h3 { font-size: 1rem; margin: 0 0 .15rem; }
      .lead { font-size: 1.02rem; color: var(--soft); margin: 0 0 1.4rem; max-width: 68ch; }
      .headline { border-left: 5px solid var(--soft); background: var(--card); padding: .7rem .9rem; margin: .8rem 0;
                  border-radius: 0 8px 8px 0; overflow-wrap: anywhere; }
      .headline.good { border-color: var(--green); } .headline.good strong { color: var(--green); }
      .headline.bad { border-color: var(--red); } .headline.bad strong { color: var(--red); }
      .note { color: var(--soft); margin: 0 0 .7rem; font-size: .9rem; max-width: 75ch; }
      nav { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin: 1.4rem 0 0; font-size: .92rem; }
      a { color: var(--blue); text-decoration: none; } a:hover, a:focus { text-decoration: underline; }
      .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .8rem;
               margin: 0; padding: 0; list-style: none; }
      .tiles li { background: var(--card); border: 1px solid var(--grid); border-radius: 8px; padding: .7rem .9rem; }
      .tiles .name, .tiles .hint { color: var(--soft); font-size: .8rem; display: block; }
      .tiles .value { font-size: 1.3rem; font-weight: 650; display: block; overflow-wrap: anywhere;
                      font-variant-numeric: tabular-nums; }
      section { background: var(--card); border: 1px solid var(--grid); border-radius: 8px;
                padding: 1rem 1.1rem; margin: 0 0 1rem; overflow-x: auto; }
      svg { width: 100%; max-width: 480px; height: auto; display: block; }
      .grid { stroke: var(--grid); } .zero { stroke: var(--soft); stroke-dasharray: 3 3; }
      .label { font-size: 12px; fill: var(--soft); } .strong { font-weight: 650; fill: var(--ink); }
      .figure { font-variant-numeric: tabular-nums; }
      .curve { fill: none; stroke-width: 2; } .bar { stroke-width: 6; stroke-linecap: round; opacity: .4; }
      .dot { stroke: none; }
      .c0 { stroke: var(--blue); fill: var(--blue); } .c1 { stroke: var(--orange); fill: var(--orange); }
      .c2 { stroke: var(--green); fill: var(--green); } .c3 { stroke: var(--violet); fill: var(--violet); }
      .c4 { stroke: var(--red); fill: var(--red); } .c5 { stroke: var(--olive); fill: var(--olive); }
      .curve.c0, .curve.c1, .curve.c2, .curve.c3, .curve.c4, .curve.c5 { fill: none; }
      table { border-collapse: collapse; width: 100%; font-size: .86rem; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; padding: .32rem .8rem .32rem 0; border-bottom: 1px solid var(--grid);
               vertical-align: top; overflow-wrap: anywhere; }
      th, td:first-child { overflow-wrap: normal; }
      th { color: var(--soft); font-weight: 600; } tr:last-child td { border-bottom: 0; }
      .share { min-width: 7.5rem; white-space: nowrap; }
      .share i { display: inline-block; height: .6rem; border-radius: 3px; background: var(--blue);
                 opacity: .7; margin-right: .4rem; }
      @media (max-width: 520px) { body { padding: 1.2rem .7rem 2.5rem; } h1 { font-size: 1.3rem; }
             section { padding: .8rem .7rem; } table { font-size: .76rem; }
             th, td { padding-right: .45rem; } }
      @media print { body { max-width: none; padding: 0; } section { break-inside: avoid; } nav { display: none; } }
      """;

  private HtmlReport() {}

  /**
   * Writes the page; it appears whole or not at all.
   *
   * @throws UserError of kind ENVIRONMENT where it cannot be written
   */
  public static void write(Path file, Report report) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      byte[] page = render(report).getBytes(StandardCharsets.UTF_8);
      WholeFile.writeAmongOthers(file, out -> out.write(page));
    } catch (IOException e) {
      throw unwritable(file, e);
    } catch (UncheckedIOException e) {
      throw unwritable(file, e.getCause());
    }
  }

  private static UserError unwritable(Path file, IOException e) {
    return new UserError(
        UserError.Kind.ENVIRONMENT, file + ": the report cannot be written: " + e, e);
  }

  /** The page as text. */
  public static String render(Report report) {
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
        .append("<title>")
        .append(escape(report.title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head>\n<body>\n<header>\n<h1>")
        .append(escape(report.title()))
        .append("</h1>\n");
    report.headline().ifPresent(headline -> headline(out, headline));
    out.append("<p class=\"lead\">").append(escape(report.summary())).append("</p>\n");
    tiles(out, report.tiles());
    out.append("<nav aria-label=\"Contents\">");
    for (int c = 0; c < report.chapters().size(); c++) {
      out.append("<a href=\"#c").append(c).append("\">");
      out.append(escape(report.chapters().get(c).name())).append("</a>");
    }
    out.append("</nav>\n</header>\n<main>\n");
    for (int c = 0; c < report.chapters().size(); c++) {
      out.append("<h2 id=\"c").append(c).append("\">");
      out.append(escape(report.chapters().get(c).name())).append("</h2>\n");
      report.chapters().get(c).sections().forEach(section -> section(out, section));
    }
    return out.append("</main>\n</body></html>\n").toString();
  }

  private static void headline(StringBuilder out, Report.Headline headline) {
    out.append("<p class=\"headline ")
        .append(headline.tone().name().toLowerCase(Locale.ROOT))
        .append("\"><strong>")
        .append(escape(headline.text()))
        .append("</strong>");
    if (!headline.advice().isEmpty()) {
      out.append("<br/>").append(escape(headline.advice()));
    }
    out.append("</p>\n");
  }

  private static void tiles(StringBuilder out, List<Report.Tile> tiles) {
    if (tiles.isEmpty()) {
      return;
    }
    out.append("<ul class=\"tiles\">\n");
    for (Report.Tile tile : tiles) {
      out.append("<li><span class=\"name\">").append(escape(tile.name()));
      out.append("</span><span class=\"value\">").append(escape(tile.value()));
      out.append("</span><span class=\"hint\">")
          .append(escape(tile.note()))
          .append("</span></li>\n");
    }
    out.append("</ul>\n");
  }

  private static void section(StringBuilder out, Section section) {
    out.append("<section>\n<h3>").append(escape(section.heading())).append("</h3>\n");
    if (!section.note().isEmpty()) {
      out.append("<p class=\"note\">").append(escape(section.note())).append("</p>\n");
    }
    out.append(figure(section)).append("\n</section>\n");
  }

  private static String figure(Section section) {
    if (section instanceof Section.Curves curves) {
      return CurvesChart.draw(curves);
    }
    if (section instanceof Section.Intervals intervals) {
      return IntervalsChart.draw(intervals);
    }
    if (section instanceof Section.Diagonal diagonal) {
      return DiagonalChart.draw(diagonal);
    }
    if (section instanceof Section.Shares shares) {
      return HtmlTables.shares(shares);
    }
    return HtmlTables.table((Section.Table) section);
  }
}
