// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.release.report.Report.Chapter;
import org.neuralrescore.trainer.release.report.Report.Headline;
import org.neuralrescore.trainer.release.report.Report.Tile;
import org.neuralrescore.trainer.release.report.Report.Tone;
import org.neuralrescore.trainer.release.report.Section.Curve;
import org.neuralrescore.trainer.release.report.Section.Curves;
import org.neuralrescore.trainer.release.report.Section.Diagonal;
import org.neuralrescore.trainer.release.report.Section.Dot;
import org.neuralrescore.trainer.release.report.Section.Interval;
import org.neuralrescore.trainer.release.report.Section.Intervals;
import org.neuralrescore.trainer.release.report.Section.Point;
import org.neuralrescore.trainer.release.report.Section.Share;
import org.neuralrescore.trainer.release.report.Section.Shares;
import org.neuralrescore.trainer.release.report.Section.Table;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
  private static final Report REPORT =
      new Report(
          "films <g1>",
          Optional.of(new Headline(Tone.BAD, "worse than <ease>", "try & see")),
          "A & B",
          List.of(new Tile("NDCG@10", "0.0600", "95 %")),
          List.of(
              new Chapter(
                  "Curves & <intervals>",
                  List.of(
                      new Curves(
                          "Loss",
                          "down is better",
                          "epoch",
                          List.of(
                              new Curve("train", List.of(new Point(1, 0.7), new Point(2, 0.4))))),
                      new Curves("Nothing", "", "epoch", List.of()),
                      new Intervals(
                          "NDCG@10",
                          "",
                          List.of(
                              new Interval("popularity", 0.01, 0.02, 0.03, false),
                              new Interval(
                                  "what ships, to the wide part and the dot product",
                                  0.01,
                                  0.02,
                                  0.03,
                                  false),
                              new Interval("scorer", 0.05, 0.06, 0.07, true))))),
              new Chapter(
                  "Tables",
                  List.of(
                      new Table(
                          "Options", "", List.of("name", "value"), List.of(List.of("k", "\"8\""))),
                      new Diagonal("Reliability", "", "said", "so", List.of(new Dot(0.25, 0.5, 7))),
                      new Shares(
                          "Factors",
                          "",
                          List.of("factor", "share", "items"),
                          List.of(
                              new Share("0", 0.75, List.of("Alien <1979>")),
                              new Share("1", 0.25, List.of("Heat"))))))));

  private static Document parse(String page) throws Exception {
    String xml = page.replaceFirst("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void render_isWellFormed_andDrawsEveryValue() throws Exception {
    String page = HtmlReport.render(REPORT);
    parse(page);
    assertTrue(page.contains("0.0600  [0.0500, 0.0700]"));
    assertTrue(page.contains("nothing was recorded"));
    assertTrue(page.contains("0.250 said, 0.500 so, 7 rows"));
    assertTrue(page.contains("75.0 %") && page.contains("25.0 %"));
  }

  @Test
  void render_linksEveryChapter_andTitlesEveryDrawing() throws Exception {
    Document page = parse(HtmlReport.render(REPORT));
    NodeList links = page.getElementsByTagName("a");
    NodeList chapters = page.getElementsByTagName("h2");
    assertEquals(2, links.getLength());
    for (int i = 0; i < links.getLength(); i++) {
      Element link = (Element) links.item(i);
      Element chapter = (Element) chapters.item(i);
      assertEquals("#" + chapter.getAttribute("id"), link.getAttribute("href"));
      assertEquals(chapter.getTextContent(), link.getTextContent());
    }
    NodeList drawings = page.getElementsByTagName("svg");
    assertEquals(4, drawings.getLength());
    for (int i = 0; i < drawings.getLength(); i++) {
      Element drawing = (Element) drawings.item(i);
      assertEquals("img", drawing.getAttribute("role"));
      assertEquals(drawing.getAttribute("aria-label"), drawing.getFirstChild().getTextContent());
    }
    assertEquals(
        "NDCG@10", page.getElementsByTagName("li").item(0).getFirstChild().getTextContent());
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  /** Where text of twelve pixels is, a little larger than it is in most fonts. */
  private static Rectangle2D place(Element text) {
    double width = 6.8 * text.getTextContent().length();
    double left =
        switch (text.getAttribute("text-anchor")) {
          case "end" -> number(text, "x") - width;
          case "middle" -> number(text, "x") - width / 2;
          default -> number(text, "x");
        };
    return new Rectangle2D.Double(left, number(text, "y") - 9, width, 11);
  }

  @Test
  void render_fitsAPhone_andNothingCrossesText() throws Exception {
    NodeList drawings = parse(HtmlReport.render(REPORT)).getElementsByTagName("svg");
    for (int d = 0; d < drawings.getLength(); d++) {
      Element drawing = (Element) drawings.item(d);
      assertEquals(360, number(drawing, "width"));
      NodeList texts = drawing.getElementsByTagName("text");
      NodeList lines = drawing.getElementsByTagName("line");
      for (int t = 0; t < texts.getLength(); t++) {
        Rectangle2D text = place((Element) texts.item(t));
        assertTrue(text.getMinX() > -8 && text.getMaxX() < 368, "" + text);
        assertTrue(text.getMaxY() < number(drawing, "height"), "" + text);
        for (int other = 0; other < t; other++) {
          assertFalse(
              text.intersects(place((Element) texts.item(other))),
              texts.item(t).getTextContent() + " over " + texts.item(other).getTextContent());
        }
        for (int l = 0; l < lines.getLength(); l++) {
          Element line = (Element) lines.item(l);
          assertFalse(
              text.intersectsLine(
                  number(line, "x1"), number(line, "y1"), number(line, "x2"), number(line, "y2")),
              text + " " + texts.item(t).getTextContent());
        }
      }
    }
  }

  @Test
  void render_escapesWhatDataBrings_andLoadsNothing() {
    String page = HtmlReport.render(REPORT);
    assertTrue(page.contains("films &lt;g1&gt;"));
    assertTrue(page.contains("A &amp; B"));
    assertTrue(page.contains("&quot;8&quot;"));
    assertTrue(page.contains("Curves &amp; &lt;intervals&gt;"));
    assertTrue(page.contains("Alien &lt;1979&gt;"));
    assertFalse(page.contains("url("));
    assertFalse(page.contains("src="));
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
    assertEquals("0.05", Axis.label(0.05));
    assertEquals("1500", Axis.label(1500));
    assertEquals("0.125", Axis.label(0.125));
  }

  @Test
  void construct_whatIsNoFigure_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Curve("x", List.of(new Point(1, Double.NaN))));
    assertThrows(IllegalArgumentException.class, () -> new Interval("x", 0.3, 0.2, 0.4, false));
    assertThrows(IllegalArgumentException.class, () -> new Dot(0.2, 1.1, 3));
    assertThrows(IllegalArgumentException.class, () -> new Dot(0.2, 0.1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Share("f", Double.NaN, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Shares("s", "", List.of("a", "b", "c"), List.of(new Share("f", 0.1, List.of()))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Table("t", "", List.of("a", "b"), List.of(List.of("1"))));
  }
}
