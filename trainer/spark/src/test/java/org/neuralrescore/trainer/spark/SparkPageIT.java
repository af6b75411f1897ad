// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;

/**
 * The page's examples on Spark, each in processes of its own: by the launcher, and by {@code
 * spark-submit} to a cluster of several JVMs, one of which is killed.
 */
class SparkPageIT {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));
  private static final Path SPARK = ROOT.resolve("trainer/spark/target/spark");
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

  private Process start(String command, Path err) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "exec " + command)
            .directory(folder.toFile())
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out.log").toFile());
    Path java = Path.of(System.getProperty("java.home"));
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().put("JAVA", java.resolve("bin/java").toString());
    builder.environment().put("SPARK_HOME", SPARK.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
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

  @Test
  void examples_makeTheSameFactors_withAnExecutorKilled() throws Exception {
    List<String> examples = examples();
    assertEquals(2, examples.size(), examples::toString);
    Path first = folder.resolve("first.err");
    end(start(examples.get(0), first), first);

    Path second = folder.resolve("second.err");
    String submit =
        examples
            .get(1)
            .replace("spark://host:7077", "\"local-cluster[2,1,1024]\"")
            .replace("/shared", folder.resolve("shared").toString());
    assertTrue(submit.startsWith("spark-submit "), submit);
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
