// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures, and writes what was measured. {@code -Dneuralrescore.bench.rounds=} (2) and {@code
 * .seconds=} (0.7, of an iteration) make it longer, {@code .docs=} (100,000) the index larger,
 * {@code .only=} a regular expression runs some rows, or {@code node}, and keeps all other figures.
 */
@Tag("bench")
class BenchmarksIT {
  private static final int NODE_DOCS = 20_000;

  private static String option(String name, String otherwise) {
    return System.getProperty("neuralrescore.bench." + name, otherwise);
  }

  @Test
  void measure_andWriteThePage() throws IOException, RunnerException {
    int rounds = Integer.parseInt(option("rounds", "2"));
    double seconds = Double.parseDouble(option("seconds", "0.7"));
    int docs = Integer.parseInt(option("docs", "100000"));
    List<WindowRow> rows = new ArrayList<>(WindowRow.all(docs));
    rows.add(WindowRow.neighbours());
    String only = option("only", ".*");
    rows.removeIf(row -> !row.name().matches(only));
    boolean node = "node".matches(only);
    assertFalse(rows.isEmpty() && !node, "no row is named so");
    BenchmarkPage page =
        BenchmarkPage.in(Path.of(System.getProperty("neuralrescore.root")).resolve("plugin"));
    double load = Machine.load();
    List<List<Pair>> pairs = new ArrayList<>();
    rows.forEach(row -> pairs.add(new ArrayList<>()));
    // Round after round, so that no row has the machine's best minute for itself.
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < rows.size(); i++) {
        pairs.get(i).addAll(rows.get(i).measure(seconds));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      page.put(rows.get(i), pairs.get(i));
    }
    if (node) {
      page.put(NodeTable.measure(NODE_DOCS, rounds, 3 * seconds));
    }
    page.write(Machine.describe(rounds, seconds, only, load));
  }
}
