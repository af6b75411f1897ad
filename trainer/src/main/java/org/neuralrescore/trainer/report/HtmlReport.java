package org.neuralrescore.trainer.report;

import static org.neuralrescore.trainer.report.Svg.escape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.neuralrescore.trainer.UserError;

/** Renders a report as one self-contained page. The same report gives the same bytes. */
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1d2733; --soft: #66717d; --grid: #d9dee4; --paper: #fff; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e4e8ec; --soft: #9aa5b1; --grid: #39424c; --paper: #14191f; }
      }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 760px; margin: 2rem auto; padding: 0 1rem;
             color: var(--ink); background: var(--paper); }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .3rem; }
      .note { color: var(--soft); margin: 0 0 .6rem; }
      svg { max-width: 100%; height: auto; }
      .grid { stroke: var(--grid); } .label { font-size: 12px; fill: var(--soft); }
      .strong { font-weight: 600; fill: var(--ink); }
      .curve { fill: none; stroke-width: 2; } .bar { stroke-width: 5; opacity: .45; } .dot { stroke: none; }
      .c0 { stroke: #2f6fb0; fill: #2f6fb0; } .c1 { stroke: #c2571a; fill: #c2571a; }
      .c2 { stroke: #2e8b57; fill: #2e8b57; } .c3 { stroke: #8a5ac2; fill: #8a5ac2; }
      .c4 { stroke: #b03a5b; fill: #b03a5b; } .c5 { stroke: #7d7d2a; fill: #7d7d2a; }
      .curve.c0, .curve.c1, .curve.c2, .curve.c3, .curve.c4, .curve.c5 { fill: none; }
      table { border-collapse: collapse; width: 100%; font-size: 13px; }
      th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--grid);
               vertical-align: top; overflow-wrap: anywhere; }
      """;

  private HtmlReport() {}

  /**
   * Writes the page; it appears whole or not at all.
   *
   * @throws UserError of kind ENVIRONMENT where it cannot be written
   */
  public static void write(Path file, Report report) {
    Path draft = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(draft, render(report));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT, file + ": the report cannot be written: " + e, e);
    }
  }

  /** Takes a page away again, whose subject came to nothing. */
  public static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT, file + ": the report cannot be deleted: " + e, e);
    }
  }

  /** The page as text. */
  public static String render(Report report) {
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>")
        .append(escape(report.title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head>\n<body>\n<h1>")
        .append(escape(report.title()))
        .append("</h1>\n<p>")
        .append(escape(report.summary()))
        .append("</p>\n");
    for (Section section : report.sections()) {
      out.append("<section>\n<h2>").append(escape(section.heading())).append("</h2>\n");
      if (!section.note().isEmpty()) {
        out.append("<p class=\"note\">").append(escape(section.note())).append("</p>\n");
      }
      out.append(figure(section)).append("\n</section>\n");
    }
    return out.append("</body></html>\n").toString();
  }

  private static String figure(Section section) {
    if (section instanceof Section.Curves curves) {
      return CurvesChart.draw(curves);
    }
    if (section instanceof Section.Intervals intervals) {
      return IntervalsChart.draw(intervals);
    }
    return table((Section.Table) section);
  }

  private static String table(Section.Table table) {
    StringBuilder out = new StringBuilder("<table>");
    appendRow(out, "th", table.header());
    table.rows().forEach(row -> appendRow(out, "td", row));
    return out.append("</table>").toString();
  }

  private static void appendRow(StringBuilder out, String cell, List<String> texts) {
    out.append("<tr>");
    for (String text : texts) {
      out.append('<').append(cell).append('>').append(escape(text));
      out.append("</").append(cell).append('>');
    }
    out.append("</tr>\n");
  }
}
