// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchQualityTest {
  @TempDir Path folder;

  private CommandRun bench(String... more) {
    String data = folder.resolve("data").toString();
    List<String> args = new ArrayList<>(List.of("bench", "quality", "--data", data));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void anyData_isATableOfTheChoice_methodsAndBaselines() throws IOException {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(100, 80, 3));
    CommandRun run =
        bench("--json", "--no-network", "--rank", "4", "--seeds", "1,2", "--baselines", "ease");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode rows = new JsonMapper().readTree(run.out()).get("rows");
    assertEquals(
        List.of("auto", "implicit-als", "ease", "auto", "implicit-als", "ease"),
        rows.valueStream().map(row -> row.get("name").asString()).toList());
    for (JsonNode row : rows) {
      double ndcg = row.get("ndcg").get(1).doubleValue();
      assertTrue(row.get("ndcg").get(0).doubleValue() <= ndcg, row.toString());
      assertTrue(ndcg <= row.get("ndcg").get(2).doubleValue(), row.toString());
      assertTrue(row.get("megabytes").asInt() > 0, row.toString());
    }
    assertTrue(rows.get(0).get("note").asString().contains("--wide"), rows.get(0).toString());
    assertTrue(rows.get(1).get("note").asString().contains("ships dot"), rows.get(1).toString());

    CommandRun unknown = bench("--methods", "svd");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.errorLine().contains("[svd]"), unknown.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--alpha0 0.5", "--lambda 1", "--seed 42", "--rating-rank 3"})
  void anyData_refusesWhatOnlyPublishedProtocolsRead(String flag) {
    CommandRun run = bench(flag.split(" ", -1));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains(flag.substring(0, flag.indexOf(' '))), run.err());
    assertTrue(run.errorLine().contains("--seeds"), run.err());
  }

  @Test
  void anyData_refusesABudgetForNoChoice() {
    CommandRun run = bench("--methods", "implicit-als", "--budget", "5m");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("--budget"), run.err());
  }

  /** Users like items of their own parity; the test item is one of them, the sampled are not. */
  private void writeNcf(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    List<String> train = new ArrayList<>();
    List<String> test = new ArrayList<>();
    List<String> negatives = new ArrayList<>();
    for (int user = 0; user < 20; user++) {
      for (int item = user % 2; item < 16; item += 2) {
        (item / 2 == user % 8 ? test : train).add(user + "\t" + item + "\t1\t" + item);
      }
      int target = user % 2 + 2 * (user % 8);
      negatives.add("(" + user + "," + target + ")\t" + (1 - user % 2) + "\t" + (3 - user % 2));
    }
    Files.write(data.resolve(name + ".train.rating"), train);
    Files.write(data.resolve(name + ".test.rating"), test);
    Files.write(data.resolve(name + ".test.negative"), negatives);
  }

  @Test
  void protocolsFiles_areNamed_andHavePublishedFiguresBesideThemWhereThoseAreTheirs()
      throws IOException {
    writeNcf("pinterest-20");
    CommandRun other = bench("--rank", "2");
    assertEquals(0, other.exitCode(), other.err());
    assertTrue(other.out().contains("NCF protocol, pinterest-20, dot"), other.out());
    assertFalse(other.out().contains("published"), other.out());
    JsonNode ncf = new JsonMapper().readTree(bench("--rank", "2", "--json").out()).get("ncf");
    assertEquals("pinterest-20", ncf.get("data").asString());
    assertEquals(10, ncf.get("cutoff").intValue());
    assertTrue(ncf.get("dot").has("hr"));
    for (String flag : List.of("--methods auto", "--seeds 3", "--no-network", "--rating-rank 3")) {
      CommandRun refused = bench(flag.split(" ", -1));
      assertEquals(2, refused.exitCode(), refused.err());
      assertTrue(refused.errorLine().contains("is not read here"), refused.err());
    }
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    writeNcf("ml-1m");
    assertTrue(bench("--rank", "2").out().contains("published best .731 and .452"));
  }
}
