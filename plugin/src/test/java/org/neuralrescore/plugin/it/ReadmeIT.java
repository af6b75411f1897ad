package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.cli.NeuralRescore;
import tools.jackson.databind.JsonNode;

/** Runs every example of the README, in its order, on a node of its own. */
class ReadmeIT {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));
  private static final String LAUNCHER = "trainer/bin/neural-rescore";

  /** Examples that cannot run inside this test, which runs inside one of them. */
  private static final Set<String> ELSEWHERE =
      Set.of("./mvnw", "bin/elasticsearch-plugin", LAUNCHER + " demo");

  private static final Set<String> FILES = Set.of("data", "tuning");

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

  @Test
  void everyExample_runs() throws Exception {
    int commands = 0;
    int requests = 0;
    for (Readme.Block block : Readme.blocks(ROOT.resolve("README.md"))) {
      if (block.language().equals("shell")) {
        for (String line : block.lines()) {
          commands += run(line) ? 1 : 0;
        }
      } else if (block.language().equals("http")) {
        request(block.lines());
        requests++;
      }
    }
    assertTrue(commands >= 6, "commands run: " + commands);
    assertTrue(requests >= 4, "requests made: " + requests);
  }

  private boolean run(String line) {
    List<String> words = Readme.words(line);
    if (words.isEmpty() || ELSEWHERE.stream().anyMatch(line::startsWith)) {
      return false;
    }
    assertEquals(LAUNCHER, words.get(0), "an example that this test does not know: " + line);
    List<String> arguments = new ArrayList<>();
    words.subList(1, words.size()).forEach(word -> arguments.add(placed(word)));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        NeuralRescore.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    assertEquals(0, code, line + "\n" + err);
    assertFalse(out.toString().isBlank(), "says nothing: " + line);
    return true;
  }

  /** What the README has in the current folder and at the usual port, where it is in this test. */
  private String placed(String word) {
    if (word.equals("http://localhost:9200")) {
      return cluster.baseUri().toString();
    }
    boolean file = FILES.contains(word) || word.startsWith("onnx-models");
    return file ? directory.resolve(word).toString() : word;
  }

  private static void request(List<String> lines) {
    List<String> head = Readme.words(lines.get(0));
    String body = String.join("\n", lines.subList(1, lines.size()));
    JsonNode answer = cluster.call(head.get(0), head.get(1), body).expect(200).json();
    if (head.get(1).endsWith("_search")) {
      assertFalse(answer.path("hits").path("hits").isEmpty(), "found nothing: " + lines);
      assertEquals(0, answer.path("_shards").path("failed").intValue(), answer.toString());
    }
  }
}
