// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.demo.node.ElasticsearchNode;
import org.neuralrescore.trainer.demo.node.NodeOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page's examples on Spark, each in processes of its own: by the launcher, and by {@code
 * spark-submit} to a cluster of several JVMs, one of which is killed.
 */
class SparkPageIT {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));
  private static final long MOST_MINUTES = 9;

  @TempDir Path folder;

  @BeforeEach
  void install() throws IOException {
    // Examples are run from the project's folder; what they write is this test's.
    Files.createSymbolicLink(folder.resolve("trainer"), ROOT.resolve("trainer"));
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(200, 150, 3));
    SyntheticData.write(folder.resolve("shared/data"), new SyntheticOptions(200, 150, 3));
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        """
        #!/usr/bin/env bash
        exec "$JAVA" @%s/trainer/spark/java-options -cp "$SPARK_HOME/jars/*" \
          org.apache.spark.deploy.SparkSubmit "$@"
        """
            .formatted(ROOT));
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The examples of the section, a command each. */
  private static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    boolean here = false;
    boolean inside = false;
    for (String line : Files.readAllLines(ROOT.resolve("trainer/README.md"))) {
      here = line.startsWith("## ") ? line.equals("## On Spark") : here;
      if (here && line.startsWith("```")) {
        inside = !inside;
      } else if (here && inside) {
        command.append(line);
        if (line.endsWith("\\")) {
          command.setLength(command.length() - 1);
        } else {
          examples.add(command.toString());
          command.setLength(0);
        }
      }
    }
    return examples;
  }

  private static String example(String begin) throws IOException {
    List<String> found = examples().stream().filter(line -> line.startsWith(begin)).toList();
    assertEquals(1, found.size(), () -> "examples that begin with " + begin);
    return found.get(0);
  }

  private static Path built(String folder, String pattern) throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(ROOT.resolve("plugin/target").resolve(folder), pattern)) {
      return found.iterator().next();
    } catch (IOException | NoSuchElementException e) {
      throw new IOException("the plugin is not built: ./mvnw -pl plugin -am package", e);
    }
  }

  private Process start(String command, Path err) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "exec " + command)
            .directory(folder.toFile())
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out.log").toFile());
    Path java = Path.of(System.getProperty("java.home"));
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().put("JAVA", java.resolve("bin/java").toString());
    TestSpark.distribution(ROOT, builder.environment());
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
    return builder.start();
  }

  private static String read(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Process process, Path err, BooleanSupplier happened)
      throws InterruptedException {
    while (process.isAlive() && !happened.getAsBoolean()) {
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    assertTrue(happened.getAsBoolean(), () -> "ended before:\n" + read(err));
  }

  private static void end(Process process, Path err) throws InterruptedException {
    boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertTrue(ended, () -> "hangs:\n" + read(err));
    assertEquals(0, process.exitValue(), () -> read(err));
  }

  private Path bundle(String name) throws IOException {
    try (Stream<Path> inside = Files.list(folder.resolve("onnx-models").resolve(name))) {
      return inside.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  /** Runs one of the page's commands for a model against a node; what it printed. */
  private JsonNode served(String begin, String model, ElasticsearchNode node, String... more)
      throws Exception {
    Path err = folder.resolve("served.err");
    String command =
        example("trainer/bin/neural-rescore " + begin)
            .replace("clustered", model)
            .replace("http://localhost:9200", node.baseUri().toString());
    end(start(command + " " + String.join(" ", more) + " --json", err), err);
    return JsonMapper.shared().readTree(folder.resolve("out.log").toFile());
  }

  private void assertServedAsTrained(String model, ElasticsearchNode node, String... more)
      throws Exception {
    JsonNode published = served("publish", model, node, more);
    assertEquals(150, published.get("users").asInt(), published::toString);
    JsonNode figures = served("evaluate", model, node);
    assertTrue(figures.get("same_data_and_protocol").asBoolean(), figures::toString);
    assertEquals(0, figures.get("rank_mismatches").asInt(), figures::toString);
    assertTrue(figures.get("max_score_difference").doubleValue() < 1e-4, figures::toString);
    assertEquals(150, figures.get("offline").get("cases").asInt(), figures::toString);
  }

  @Test
  void walk_trainsOnSpark_publishes_searches_andEvaluatesWhatIsServed() throws Exception {
    NodeOptions options =
        NodeOptions.of(built("elasticsearch", "elasticsearch-8*.zip"))
            .plugin(built("", "neural-rescore-*-es8*.zip"))
            .build();
    Path first = folder.resolve("first.err");
    end(start(example("trainer/bin/neural-rescore train"), first), first);
    // More users than are held: their vectors are in a file of the bundle.
    String apart = example("trainer/bin/neural-rescore train").replace("clustered", "apart");
    // On executors in processes of their own, to which the launcher brings its jars.
    String cluster =
        apart.replace("local[2]", "local-cluster[2,1,1024]") + " --users-in-memory 149";
    end(start(cluster, first), first);
    assertTrue(Files.exists(bundle("apart").resolve("users.parquet")));
    assertFalse(Files.exists(bundle("apart").resolve("user-factors.npy")));
    try (ElasticsearchNode node = ElasticsearchNode.start(options)) {
      assertServedAsTrained("clustered", node);
      assertFalse(served("search", "clustered", node).get("hits").isEmpty(), "nothing is found");
      assertServedAsTrained("apart", node);
      // Once more, as by somebody who was interrupted, and by executors.
      assertServedAsTrained("apart", node);
      assertServedAsTrained("apart", node, "--engine", "spark", "--master", "\"local[2]\"");
    }
  }

  @Test
  void examples_makeTheSameFactors_withAnExecutorKilled() throws Exception {
    Path first = folder.resolve("first.err");
    end(start(example("trainer/bin/neural-rescore train"), first), first);

    Path second = folder.resolve("second.err");
    String submit =
        example("spark-submit ")
            .replace("spark://host:7077", "\"local-cluster[2,1,1024]\"")
            .replace("/shared", folder.resolve("shared").toString());
    Process process = start(submit, second);
    await(process, second, () -> read(second).contains("read on spark"));
    Optional<ProcessHandle> executor =
        process.descendants().filter(SparkPageIT::isExecutor).findFirst();
    assertTrue(executor.orElseThrow().destroyForcibly());
    end(process, second);
    assertTrue(read(second).contains("Lost executor"), () -> read(second));

    Path one = bundle("clustered").resolve("item-factors.npy");
    Path other = bundle("submitted").resolve("item-factors.npy");
    assertEquals(Files.size(one), Files.size(other));
    assertFactorsEqual(one, other);
    try (Stream<Path> left = Files.list(folder.resolve("shared/checkpoints"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend")
        || Stream.of(process.info().arguments().orElse(new String[0]))
            .anyMatch(argument -> argument.contains("CoarseGrainedExecutorBackend"));
  }

  /** Sums in another order: the last bits differ, and nothing else. */
  private static void assertFactorsEqual(Path one, Path other) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(Files.readAllBytes(one)).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer right = ByteBuffer.wrap(Files.readAllBytes(other)).order(ByteOrder.LITTLE_ENDIAN);
    int header = 10 + left.getShort(8);
    for (int at = header; at < left.capacity(); at += Float.BYTES) {
      assertEquals(left.getFloat(at), right.getFloat(at), 1e-3f);
    }
  }

  @Test
  void driver_thatWasKilled_goesOnBehindTheLastFactorisation() throws Exception {
    String command =
        "trainer/bin/neural-rescore train --engine spark --master \"local[2]\" --data data --name"
            + " killed --out onnx-models --rank 16 --epochs 2 --baselines none";
    Path err = folder.resolve("killed.err");
    Process process = start(command, err);
    Path kept = folder.resolve("onnx-models/.killed/spark-fit.factors");
    await(process, err, () -> Files.exists(kept));
    process.destroyForcibly().waitFor();
    assertFalse(Files.exists(folder.resolve("onnx-models/killed")), "a bundle, half-written");
    Path again = folder.resolve("again.err");
    end(start(command, again), again);
    assertTrue(read(again).contains("kept by a run that did not end"), () -> read(again));
    assertTrue(Files.exists(bundle("killed").resolve("scorer.onnx")));
    assertFalse(Files.exists(kept.getParent()), "scratch is left");
  }
}
