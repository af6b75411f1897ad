// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the examples of the pages, the first page's first, on a node of its own; {@code ELSEWHERE}
 * are those of other tests. A {@code json} behind a request is the answer's shape.
 */
class ReadmeIT {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));
  private static final String LAUNCHER = "trainer/bin/neural-rescore";

  /** Examples that cannot run inside this test, which runs inside one of them. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "./mvnw",
          "bin/elasticsearch-plugin",
          LAUNCHER + " demo",
          LAUNCHER + " train --engine spark");

  /** In the order in which a newcomer reads them: examples build on those before. */
  private static final List<String> PAGES =
      List.of(
          "README.md",
          "trainer/README.md",
          "plugin/README.md",
          "onnx-models/README.md",
          "es-config/README.md");

  private static final boolean DEFAULT_LINE =
      System.getProperty("elasticsearch.version").startsWith("8.");

  /** Blocks that show and do nothing. */
  private static final Set<String> SHOWN = Set.of("", "text", "json", "yaml");

  private static final Set<String> FILES =
      Set.of("data", "tuning", "orders.tsv", "goods.csv", "shop.yaml");

  private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(Cluster.options().build());
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  /** What a shop would bring: the first page is about files of one's own. */
  private void bringOwnFiles() throws IOException {
    SyntheticData.write(directory.resolve("shop"), new SyntheticOptions(300, 120, 5));
    String ratings = Files.readString(directory.resolve("shop/ratings.csv"));
    StringBuilder orders = new StringBuilder("customer\tsku\tsold_at\n");
    for (String line : ratings.lines().skip(1).toList()) {
      String[] fields = line.split(",", -1);
      orders.append(fields[0]).append('\t').append(fields[1]).append('\t').append(fields[3]);
      orders.append('\n');
    }
    Files.writeString(directory.resolve("orders.tsv"), orders);
    JsonNode texts =
        JsonMapper.shared().readTree(directory.resolve("shop/abstracts.json").toFile());
    StringBuilder goods = new StringBuilder("sku,name,about\n");
    texts
        .properties()
        .forEach(
            entry ->
                goods
                    .append(entry.getKey())
                    .append(",Film ")
                    .append(entry.getKey())
                    .append(",\"")
                    .append(entry.getValue().asString().replace("\"", "'"))
                    .append("\"\n"));
    Files.writeString(directory.resolve("goods.csv"), goods);
  }

  @Test
  void everyExample_runs() throws Exception {
    bringOwnFiles();
    int commands = 0;
    int requests = 0;
    int shapes = 0;
    List<String> shell = new ArrayList<>();
    for (String page : PAGES) {
      for (Readme.Block block : Readme.blocks(ROOT.resolve(page))) {
        shell.addAll(block.language().equals("shell") ? block.lines() : List.of());
      }
    }
    for (String page : PAGES) {
      Optional<JsonNode> answer = Optional.empty();
      for (Readme.Block block : Readme.blocks(ROOT.resolve(page))) {
        Optional<JsonNode> before = answer;
        answer = Optional.empty();
        if (block.language().equals("shell")) {
          for (String line : block.lines()) {
            if (!isTheSameOnEveryLine(line, shell)) {
              commands += run(line) ? 1 : 0;
            }
          }
        } else if (block.language().equals("http")) {
          answer = Optional.of(request(block.lines()));
          requests++;
        } else if (block.language().equals("json") && before.isPresent()) {
          JsonNode shown = JsonMapper.shared().readTree(String.join("\n", block.lines()));
          AnswerShape.assertShown(page, shown, before.get());
          shapes++;
        } else {
          assertTrue(SHOWN.contains(block.language()), page + ": " + block.language());
        }
      }
    }
    assertTrue(commands >= (DEFAULT_LINE ? 28 : 10), "commands run: " + commands);
    assertTrue(requests >= 9, "requests made: " + requests);
    assertEquals(4, shapes, "answers compared");
    assertEquals(
        keys(String.join("\n", firstYaml().lines())),
        keys(Files.readString(directory.resolve("shop.yaml"))));
  }

  /** The project file that the trainer's page shows. */
  private static Readme.Block firstYaml() throws IOException {
    return Readme.blocks(ROOT.resolve("trainer/README.md")).stream()
        .filter(block -> block.language().equals("yaml"))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> keys(String yaml) {
    return yaml.lines()
        .filter(line -> line.matches("\\w+:.*"))
        .map(line -> line.substring(0, line.indexOf(':')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What trains and no other example uses asks no cluster: it runs on the default line alone. */
  private static boolean isTheSameOnEveryLine(String line, List<String> shell) {
    List<String> words = Readme.words(line);
    int name = words.indexOf("--name");
    if (DEFAULT_LINE || words.size() < 2 || name < 0 || !words.get(1).equals("train")) {
      return false;
    }
    Pattern named = Pattern.compile("[ /]" + Pattern.quote(words.get(name + 1)) + "\\b");
    return shell.stream().filter(other -> named.matcher(other).find()).count() == 1;
  }

  private boolean run(String line) {
    List<String> words = Readme.words(line);
    if (words.isEmpty() || ELSEWHERE.stream().anyMatch(line::startsWith)) {
      return false;
    }
    assertEquals(LAUNCHER, words.get(0), "an example that this test does not know: " + line);
    List<String> arguments = new ArrayList<>();
    if (words.get(1).equals("check-data")) {
      // It writes into the current folder, which is not this test's.
      words = new ArrayList<>(words);
      words.addAll(List.of("--write", "shop.yaml"));
    }
    words.subList(1, words.size()).forEach(word -> arguments.add(placed(word)));
    TrainerRun run = TrainerRun.of(arguments);
    assertEquals(0, run.code(), line + "\n" + run.err());
    assertFalse(run.out().isBlank(), "says nothing: " + line);
    return true;
  }

  /**
   * What the pages have in the current folder and at the usual port, where they are in this test.
   */
  private String placed(String word) {
    if (word.equals("http://localhost:9200")) {
      return cluster.baseUri().toString();
    }
    boolean file = FILES.contains(word) || word.startsWith("onnx-models");
    return file ? directory.resolve(word).toString() : word;
  }

  private static JsonNode request(List<String> lines) {
    List<String> head = Readme.words(lines.get(0));
    String body = String.join("\n", lines.subList(1, lines.size()));
    JsonNode answer = cluster.call(head.get(0), head.get(1), body).expect(200).json();
    if (head.get(1).endsWith("_search")) {
      assertFalse(answer.path("hits").path("hits").isEmpty(), "found nothing: " + lines);
      assertEquals(0, answer.path("_shards").path("failed").intValue(), answer.toString());
    }
    return answer;
  }
}
