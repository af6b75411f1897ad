// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code BENCHMARKS.md} and {@code benchmarks.json}, with the last run of each JDK: a run writes
 * its own JDK's figures anew and leaves the others'.
 */
final class BenchmarkPage {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String WINDOWS = "windows";
  private static final String NODE = "node";
  private static final String FIRST = "first_search";

  private final Path folder;
  private final ObjectNode all;
  private final ObjectNode mine;

  private BenchmarkPage(Path folder, ObjectNode all) {
    this.folder = folder;
    this.all = all;
    this.mine = all.withObjectProperty("jdk" + Runtime.version().feature());
  }

  /** What is in a folder, perhaps nothing. */
  static BenchmarkPage in(Path folder) throws IOException {
    Path json = folder.resolve("benchmarks.json");
    return new BenchmarkPage(
        folder,
        Files.exists(json)
            ? (ObjectNode) JSON.readTree(Files.readString(json))
            : JSON.createObjectNode());
  }

  /** Takes a row's figures. */
  void put(WindowRow row, List<Pair> pairs) {
    ObjectNode figures = mine.withObjectProperty(WINDOWS).putObject(row.name());
    figures.put("asked", row.asked());
    figures.put("first_micros", rounded(Pair.median(pairs, Pair::first)));
    figures.put("second_micros", rounded(Pair.median(pairs, Pair::second)));
    figures.put("ratio", rounded(Pair.median(pairs, Pair::ratio)));
    pairs.forEach(pair -> figures.withArrayProperty("ratios").add(rounded(pair.ratio())));
  }

  /** Takes a node's figures. */
  void put(NodeTable table) {
    ObjectNode node = mine.putObject(NODE);
    for (String kind : table.kinds()) {
      for (int clients : NodeTable.CLIENTS) {
        ObjectNode cell = node.withObjectProperty(kind).putObject(Integer.toString(clients));
        cell.put("p50_millis", rounded(table.median(kind, clients, NodeTable.Cell::millis)));
        cell.put("per_second", rounded(table.median(kind, clients, NodeTable.Cell::perSecond)));
        cell.put("cpu_micros", rounded(table.median(kind, clients, NodeTable.Cell::cpuMicros)));
        cell.put("share", rounded(table.median(kind, clients, NodeTable.Cell::share)));
      }
    }
    ObjectNode fresh = mine.putObject(FIRST);
    fresh.put("first_millis", rounded(Pair.median(table.firstSearches(), Pair::second)));
    fresh.put("later_millis", rounded(Pair.median(table.firstSearches(), Pair::first)));
    fresh.put("ratio", rounded(Pair.median(table.firstSearches(), Pair::ratio)));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** Writes both files. */
  void write(Map<String, String> machine) throws IOException {
    ObjectNode where = mine.putObject("where");
    machine.forEach(where::put);
    Files.writeString(
        folder.resolve("benchmarks.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    Files.write(folder.resolve("BENCHMARKS.md"), lines(), StandardCharsets.UTF_8);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Benchmarks of the plugin");
    lines.add("");
    lines.add("Made by `./mvnw -Pbench verify`, which writes this page and `benchmarks.json`.");
    lines.add("Medians; a ratio is the median of the ratios of pairs that took turns in one JVM.");
    lines.add(
        "Load is how many processes wanted a processor: where these are more than there are,");
    lines.add("other work slowed all times down, and ratios alone can be compared.");
    lines.add("");
    Map<String, JsonNode> runs = new TreeMap<>();
    all.properties().forEach(run -> runs.put(run.getKey(), run.getValue()));
    runs.forEach(
        (jdk, run) ->
            run.path("where")
                .properties()
                .forEach(
                    field ->
                        lines.add(
                            "- "
                                + jdk
                                + " "
                                + field.getKey()
                                + ": "
                                + field.getValue().asString())));
    lines.add("");
    lines.add("## Windows");
    lines.add(
        "`rescore()` of a window beside ONNX Runtime's run of a network alone, tensors kept:");
    lines.add(
        "64 factors, hidden layers of 64 and 32, 100,000 documents in 8 segments unless said.");
    lines.add(
        "Cached: 4 windows in turn. Cycled: 400 windows, 40 of 10,000 hits, over the whole index.");
    lines.add(
        "The last row is the gather step alone, without a history and with one of 100 items:");
    lines.add("asked are 60 us on top where the network's run of 1,000 rows takes 80.");
    lines.add("");
    lines.addAll(table(runs));
    runs.forEach((jdk, run) -> lines.addAll(node(jdk, run)));
    return lines;
  }

  private static List<String> node(String jdk, JsonNode run) {
    if (run.path(NODE).isMissingNode()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("## A node, " + jdk);
    lines.add(
        "20,000 documents, one shard, a window of 1,000, clients on the node's own processors.");
    lines.add(
        "A share is that of the throughput of the rescorer that does nothing: asked are .80 by");
    lines.add("vector and .75 by id. CPU is the node's processor time for a search.");
    lines.add("");
    StringBuilder head = new StringBuilder("| search |");
    StringBuilder line = new StringBuilder("|---|");
    for (int clients : NodeTable.CLIENTS) {
      head.append(
          String.format(
              Locale.ROOT, " clients %d: p50, ms | CPU, us | a second | share |", clients));
      line.append("---|---|---|---|");
    }
    lines.add(head.toString());
    lines.add(line.toString());
    run.path(NODE)
        .properties()
        .forEach(
            kind -> {
              StringBuilder row = new StringBuilder("| " + kind.getKey() + " |");
              for (int clients : NodeTable.CLIENTS) {
                JsonNode cell = kind.getValue().path(Integer.toString(clients));
                row.append(
                    String.format(
                        Locale.ROOT,
                        " %.2f | %s | %.0f | %.2f |",
                        cell.path("p50_millis").asDouble(),
                        cell.has("cpu_micros")
                            ? Long.toString(Math.round(cell.path("cpu_micros").asDouble()))
                            : "",
                        cell.path("per_second").asDouble(),
                        cell.path("share").asDouble()));
              }
              lines.add(row.toString());
            });
    JsonNode first = run.path(FIRST);
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "The first search with a model just put: %.1f ms, the next ones %.1f, ratio %.2f (asked 2).",
            first.path("first_millis").asDouble(),
            first.path("later_millis").asDouble(),
            first.path("ratio").asDouble()));
    return lines;
  }

  private static List<String> table(Map<String, JsonNode> runs) {
    StringBuilder head = new StringBuilder("| window | asked |");
    StringBuilder line = new StringBuilder("|---|---|");
    Map<String, Double> rows = new LinkedHashMap<>();
    runs.forEach(
        (jdk, run) -> {
          head.append(" ").append(jdk).append(": alone, us | window, us | ratio |");
          line.append("---|---|---|");
          run.path(WINDOWS)
              .properties()
              .forEach(row -> rows.put(row.getKey(), row.getValue().path("asked").asDouble()));
        });
    List<String> table = new ArrayList<>(List.of(head.toString(), line.toString()));
    rows.forEach(
        (name, asked) -> {
          StringBuilder row = new StringBuilder("| " + name + " |");
          row.append(asked > 0 ? String.format(Locale.ROOT, " %.2f |", asked) : " |");
          runs.values().forEach(run -> row.append(cells(run.path(WINDOWS).path(name))));
          table.add(row.toString());
        });
    return table;
  }

  private static String cells(JsonNode figures) {
    return figures.isMissingNode()
        ? " | | |"
        : String.format(
            Locale.ROOT,
            " %.0f | %.0f | **%.2f** |",
            figures.path("first_micros").asDouble(),
            figures.path("second_micros").asDouble(),
            figures.path("ratio").asDouble());
  }
}
