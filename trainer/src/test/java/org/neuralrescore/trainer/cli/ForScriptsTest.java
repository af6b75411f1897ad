// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page tells whoever calls the commands from a script is what they do. */
class ForScriptsTest {
  private static final Pattern KEY = Pattern.compile("`([a-z_]+)`");

  @TempDir Path directory;

  private static List<String> rows(String begin) throws IOException {
    Path page = Path.of(System.getProperty("neuralrescore.root"), "trainer/README.md");
    List<String> lines = Files.readAllLines(page);
    List<String> section =
        lines.subList(lines.indexOf("## For scripts"), lines.indexOf("## On Spark"));
    return section.stream().filter(line -> line.startsWith(begin)).toList();
  }

  @Test
  void page_hasEveryExitCode() throws IOException {
    List<String> codes =
        new CommandLine(new NeuralRescore())
            .getCommandSpec().usageMessage().exitCodeList().entrySet().stream()
                .map(code -> "| " + code.getKey() + " | " + code.getValue() + " |")
                .toList();
    assertEquals(10, codes.size(), codes.toString());
    assertEquals(codes, rows("| ").stream().filter(row -> row.matches("\\| \\d \\|.*")).toList());
  }

  @Test
  void json_hasTheKeysThatThePageTellsOf() throws IOException {
    Path films = directory.resolve("films");
    SyntheticData.write(films, new SyntheticOptions(100, 80, 3));
    String models = directory.resolve("models").toString();
    CommandRun train =
        CommandRun.of(
            "train",
            "--data",
            films.toString(),
            "--name",
            "films",
            "--out",
            models,
            "--rank",
            "4",
            "--sweeps",
            "3",
            "--no-network",
            "--baselines",
            "ease",
            "--json");
    assertEquals(0, train.exitCode(), train.err());
    assertKeys("train", Set.of("auto"), train);
    CommandRun evaluate =
        CommandRun.of(
            "evaluate",
            models + "/films",
            "--data",
            films.toString(),
            "--baselines",
            "ease",
            "--json");
    assertEquals(0, evaluate.exitCode(), evaluate.err());
    assertKeys(
        "evaluate",
        Set.of("elasticsearch", "max_score_difference", "rank_mismatches", "elasticsearch_failed"),
        evaluate);
  }

  /** But for those that the page has under a condition. */
  private static void assertKeys(String command, Set<String> conditional, CommandRun run)
      throws IOException {
    JsonNode json = JsonMapper.shared().readTree(run.out());
    String row = rows("| `" + command + "` |").get(0);
    Matcher key = KEY.matcher(row.substring(row.indexOf('|', 2)));
    int found = 0;
    while (key.find()) {
      if (conditional.contains(key.group(1))) {
        assertFalse(json.has(key.group(1)), key.group());
      } else {
        assertTrue(json.has(key.group(1)), key.group() + " is not in " + json.propertyNames());
        found++;
      }
    }
    assertTrue(found > 4, row);
  }
}
