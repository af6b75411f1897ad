package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.synthetic.SyntheticData;
import org.neuralrescore.trainer.synthetic.SyntheticOptions;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuneCommandTest {
  @TempDir static Path dataFolder;
  @TempDir Path folder;

  @BeforeAll
  static void generate() throws IOException {
    SyntheticData.write(dataFolder.resolve("films"), new SyntheticOptions(100, 80, 3));
  }

  private CommandRun tune(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "tune",
                "--data",
                dataFolder.resolve("films").toString(),
                "--work",
                folder.resolve("work").toString(),
                "--ranks",
                "3,5",
                "--max-sweeps",
                "6",
                "--trials",
                "6"));
    args.addAll(Arrays.asList(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void tune_printsTrialsAndFlagsThatTrainTakes() {
    CommandRun run = tune("--json", "--alpha0s", "0.1:1:2", "--lambdas", "0.01,0.1");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertEquals(6, json.get("trials").size());
    assertEquals("complete", json.get("ending").asString());
    assertEquals(json.get("flags"), json.get("trials").get(0).get("flags"));
    List<String> train = new ArrayList<>(List.of("--name", "films"));
    json.get("flags").forEach(flag -> train.add(flag.asString()));
    new CommandLine(new TrainCommand()).parseArgs(train.toArray(String[]::new));
    CommandRun again = tune("--json", "--alpha0s", "0.1:1:2", "--lambdas", "0.01,0.1");
    JsonNode resumed = JsonMapper.shared().readTree(again.out());
    assertEquals(0, resumed.get("run").asInt());
    assertEquals(json.get("trials"), resumed.get("trials"));
  }

  @Test
  void tune_intoTheFolderOfAnotherSearch_exits4() {
    assertEquals(0, tune().exitCode());
    CommandRun other = tune("--seed", "7");
    assertEquals(4, other.exitCode());
    assertTrue(other.errorLine().contains("another search"), other.err());
  }

  @Test
  void tune_withBadOptions_exits2WithOneLine() {
    for (String[] bad :
        new String[][] {
          {"--lambdas", "1:x:3"},
          {"--lambdas", "1:0.1:3"},
          {"--alpha0s", "0"},
          {"--trials", "0"},
          {"--time", "soon"},
          {"--time", "0s"},
          {"--recencies", "none,-3"},
          {"--eta", "1"},
        }) {
      CommandRun run = tune(bad);
      assertEquals(2, run.exitCode(), String.join(" ", bad) + run.err());
      assertTrue(!run.errorLine().isEmpty());
    }
  }
}
