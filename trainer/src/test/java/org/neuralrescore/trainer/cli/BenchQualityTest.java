// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
