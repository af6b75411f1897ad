package org.neuralrescore.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.report.Section.Curve;
import org.neuralrescore.trainer.report.Section.Curves;
import org.neuralrescore.trainer.report.Section.Interval;
import org.neuralrescore.trainer.report.Section.Intervals;
import org.neuralrescore.trainer.report.Section.Point;
import org.neuralrescore.trainer.report.Section.Table;

class HtmlReportTest {
  private static final Report REPORT =
      new Report(
          "films <g1>",
          "A & B",
          List.of(
              new Curves(
                  "Loss",
                  "down is better",
                  "epoch",
                  List.of(new Curve("train", List.of(new Point(1, 0.7), new Point(2, 0.4))))),
              new Curves("Nothing", "", "epoch", List.of()),
              new Intervals(
                  "NDCG@10",
                  "",
                  List.of(
                      new Interval("popularity", 0.01, 0.02, 0.03, false),
                      new Interval("scorer", 0.05, 0.06, 0.07, true))),
              new Table("Options", "", List.of("name", "value"), List.of(List.of("k", "\"8\"")))));

  @Test
  void render_isWellFormed_andDrawsEveryValue() throws Exception {
    String page = HtmlReport.render(REPORT);
    for (String svg : page.split("(?=<svg)", -1)) {
      if (svg.startsWith("<svg")) {
        String one = svg.substring(0, svg.indexOf("</svg>") + 6);
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(one.getBytes(StandardCharsets.UTF_8)));
      }
    }
    assertTrue(page.contains("0.0600  [0.0500, 0.0700]"));
    assertTrue(page.contains("nothing was recorded"));
  }

  @Test
  void render_escapesWhatDataBrings_andLoadsNothing() {
    String page = HtmlReport.render(REPORT);
    assertTrue(page.contains("films &lt;g1&gt;"));
    assertTrue(page.contains("A &amp; B"));
    assertTrue(page.contains("&quot;8&quot;"));
    assertFalse(page.contains("http"));
    assertFalse(page.contains("<script"));
  }

  @Test
  void render_sameReport_sameBytes() {
    assertEquals(HtmlReport.render(REPORT), HtmlReport.render(REPORT));
  }

  @Test
  void axis_ticksAreRoundAndInside() {
    assertEquals(List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0), Axis.over(0, 10, 0, 1).ticks(5));
    assertEquals(0.5, Axis.over(3, 3, 0, 1).pixel(3));
  }

  @Test
  void construct_whatIsNoFigure_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Curve("x", List.of(new Point(1, Double.NaN))));
    assertThrows(IllegalArgumentException.class, () -> new Interval("x", 0.3, 0.2, 0.4, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Table("t", "", List.of("a", "b"), List.of(List.of("1"))));
  }
}
