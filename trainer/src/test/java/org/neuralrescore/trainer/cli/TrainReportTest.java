// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code train} says of what it made: figures, verdict and page. */
class TrainReportTest extends TrainRuns {
  @Test
  void train_saysFirstWhatTheModelIsWorth_andLeavesItBesideTheBundle() throws IOException {
    JsonNode result = trained(train("a", "--baselines", "ease"));
    assertEquals("verdict", result.propertyNames().iterator().next());
    JsonNode verdict = result.get("verdict");
    JsonNode offline = result.get("offline");
    double best = Math.max(ndcg(offline, "ease"), ndcg(offline, "popularity"));
    assertEquals(best, ndcg(offline, verdict.get("baseline").asString()));
    assertEquals(ndcg(offline, "model") - best, verdict.get("difference").doubleValue(), 2e-6);
    assertEquals(2, verdict.get("baselines_measured").asInt());
    assertFalse(result.get("collapsed").asBoolean());
    Path bundle = Path.of(result.get("bundle").asString());
    assertEquals(
        verdict,
        new JsonMapper()
            .readTree(Files.readString(bundle.resolveSibling(bundle.getFileName() + ".json"))));
    assertTrue(
        Files.readString(Path.of(result.get("report").asString()))
            .contains("This model is " + verdict.get("sentence").asString()));
  }

  @Test
  void train_tellsEveryBaseline_itsInterval_andTheModelsLead() {
    JsonNode result = trained(train("a"));
    JsonNode offline = result.get("offline");
    for (String label : List.of("model", "dot", "popularity", "item-knn", "llr", "ease", "ials")) {
      JsonNode row = offline.get(label);
      double ndcg = row.get("ndcg@10").doubleValue();
      assertTrue(row.get("ndcg@10_interval").get(0).doubleValue() <= ndcg, label);
      assertTrue(row.get("ndcg@10_interval").get(1).doubleValue() >= ndcg, label);
      assertEquals(
          offline.get("cases").intValue(),
          row.get("by_popularity").values().stream()
              .mapToInt(part -> part.get("cases").intValue())
              .sum(),
          label);
      if (!label.equals("model")) {
        JsonNode lead = row.get("model_minus_this").get("ndcg@10");
        assertEquals(
            offline.get("model").get("ndcg@10").doubleValue() - ndcg,
            lead.get("difference").doubleValue(),
            2e-6,
            label);
      }
    }
    JsonNode calibration = result.get("calibration");
    assertEquals(0.2, calibration.get("share_observed").doubleValue(), 1e-9);
    assertTrue(calibration.get("expected_calibration_error").doubleValue() < 0.2);
  }

  @Test
  void train_baselinesChangeNothingInTheBundle() {
    JsonNode none = trained(train("a", "--baselines", "none"));
    JsonNode some = trained(train("b", "--baselines", "ease,llr"));
    assertEquals(none.get("checksum"), some.get("checksum"));
    assertTrue(none.get("offline").has("dot") && none.get("offline").has("popularity"));
    assertFalse(none.get("offline").has("ease"));
    assertTrue(some.get("offline").has("ease"));
    assertFalse(some.get("offline").has("ials"));
  }

  @Test
  void train_withFeatures_saysWhatTheyWereWorth() throws IOException {
    JsonNode result = trained(train("a", "--features", "age,popularity,content"));
    JsonNode features = result.get("features");
    assertEquals(
        List.of("popularity", "age", "content"),
        features.get("asked").valueStream().map(JsonNode::asString).toList());
    assertEquals(3, features.get("over_network_without").size());
    boolean ship = features.get("ship").asBoolean();
    assertEquals(ship, features.get("probability_over_what_else_ships").doubleValue() >= 0.9);
    assertTrue(
        result.get("offline").has(ship ? "without features" : "with features"),
        result.get("offline").toString());
    assertEquals(ship ? 5 : 2, result.get("scorer_inputs").size());
    assertEquals(ship, Files.exists(Path.of(result.get("bundle").asString(), "item-features.npy")));
    String page = Files.readString(Path.of(result.get("report").asString()));
    assertTrue(page.contains("What the scorer reads"));
    assertTrue(page.contains("Lead of the network with features"));
  }

  @Test
  void train_withARecentVector_saysWhatItWasWorth() throws IOException {
    JsonNode result = trained(train("a", "--recent", "4", "--recent-decay", "0.5"));
    JsonNode features = result.get("features");
    assertEquals("recent", features.at("/asked/0").asString());
    boolean ship = features.get("ship").asBoolean();
    assertTrue(
        result.get("offline").has(ship ? "without features" : "with features"),
        result.get("offline").toString());
    Path bundle = Path.of(result.get("bundle").asString());
    assertEquals(ship, Files.exists(bundle.resolve("user-recent.npy")));
    String manifest = Files.readString(bundle.resolve("manifest.json")).replaceAll("\\s", "");
    assertTrue(manifest.contains("\"recent\":{\"count\":4,\"decay\":0.5}"), manifest);
    JsonNode other = trained(train("b", "--recent", "4"));
    assertFalse(result.get("generation").equals(other.get("generation")));
  }

  @Test
  void train_otherContentVectors_areAnotherGeneration() throws IOException {
    Path vectors = Files.writeString(shared.resolve("vectors.tsv"), "1\t0.5\t1\n2\t1\t0\n");
    JsonNode one =
        trained(train("a", "--features", "content", "--content-vectors", vectors.toString()));
    Files.writeString(vectors, "1\t0.5\t1\n2\t1\t0.25\n");
    JsonNode two =
        trained(train("b", "--features", "content", "--content-vectors", vectors.toString()));
    assertFalse(one.get("generation").equals(two.get("generation")));
  }

  @Test
  void train_tellsTheRunAsAPage() throws Exception {
    JsonNode result = trained(train("a", "--method", "pipeline"));
    Path file = Path.of(result.get("report").asString());
    assertEquals(Path.of(result.get("bundle").asString() + ".html"), file);
    String page = Files.readString(file);
    // Well formed, and it loads nothing.
    Document read =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>", ""))));
    assertFalse(page.contains("http"), "the page names an address");
    assertFalse(page.contains("<script"), "the page runs a script");
    // Of some methods it does.
    assertFalse(page.contains("never rises"), "the page promises that the objective never rises");
    assertEquals(
        List.of(
            "Quality",
            "Methods compared",
            "Scorer inputs",
            "Calibration",
            "Training",
            "Factors",
            "Data and options"),
        texts(read, "h2"));
    List<String> sections = texts(read, "h3");
    for (String heading :
        List.of(
            "NDCG@10",
            "The model's lead in NDCG@10",
            "By popularity of what was to be found",
            "By length of the history",
            "Reliability",
            "Factorisation",
            "Factors")) {
      assertTrue(sections.contains(heading), heading + " in " + sections);
    }
    for (String said :
        List.of(
            result.get("data").get("sha256").asString(),
            "over item-knn",
            "over ease",
            "over ials",
            "pipeline",
            result.get("generation").asString())) {
      assertTrue(page.contains(said), said);
    }
  }

  private static List<String> texts(Document page, String element) {
    NodeList nodes = page.getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private static double ndcg(JsonNode offline, String label) {
    return offline.get(label).get("ndcg@10").doubleValue();
  }
}
