// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, whose Maven and Java only say that they were called. */
class LauncherTest {
  @TempDir Path folder;
  private Path root;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    root = Files.createDirectories(folder.resolve("with space"));
    Path bin = Files.createDirectories(root.resolve("trainer/bin"));
    Files.copy(
        Path.of(System.getProperty("neuralrescore.root"), "trainer/bin/neural-rescore"),
        bin.resolve("neural-rescore"));
    executable(bin.resolve("neural-rescore"), Files.readString(bin.resolve("neural-rescore")));
    executable(
        root.resolve("mvnw"),
        """
        #!/usr/bin/env bash
        set -e
        cd "$(dirname "$0")"
        echo built >> calls
        if [[ "$*" == *-Pspark* ]]; then
          mkdir -p trainer/spark/target/spark/lib
          touch trainer/spark/target/neural-rescore-spark-1.jar
          exit
        fi
        mkdir -p trainer/target/neural-rescore/lib plugin/target/elasticsearch
        touch plugin/target/neural-rescore-1-es8.1.zip plugin/target/elasticsearch/elasticsearch-8.1.zip
        """);
    executable(folder.resolve("jdk/bin/java"), "#!/usr/bin/env bash\nprintf '<%s>' \"$@\"\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("trainer/bin/neural-rescore").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  private long builds() throws IOException {
    Path calls = root.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void launcher_builds_whereNothingIsBuilt_andThenOnlyWhenAsked() throws Exception {
    Ended first = run("train", "--name", "a b");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().endsWith("<train><--name><a b>"), first.out());
    assertEquals(1, builds());

    // A copied or touched checkout, in cron too.
    Files.writeString(root.resolve("pom.xml"), "");
    Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.fromMillis(4_000_000_000_000L));
    assertEquals("", run("train").err());
    assertEquals(1, builds());

    assertEquals(0, run("build").code());
    assertEquals(2, builds());
  }

  @Test
  void launcher_withAJavaThatIsTooOld_saysSoBeforeAnythingElse() throws Exception {
    executable(
        folder.resolve("jdk/bin/java"),
        "#!/usr/bin/env bash\necho 'openjdk version \"1.8.0_452\"' >&2\nprintf '<%s>' \"$@\"\n");
    for (String release : List.of("", "JAVA_VERSION=\"11.0.27\"\n")) {
      if (!release.isEmpty()) {
        Files.writeString(folder.resolve("jdk/release"), release);
      }
      Ended ended = run("train");
      assertEquals(7, ended.code(), ended.out() + ended.err());
      assertEquals(1, ended.err().lines().count(), ended.err());
      assertTrue(ended.err().contains("17 or later"), ended.err());
      assertEquals(0, builds());
    }
    Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17\"\n");
    assertEquals(0, run("train").code());
  }

  @Test
  void launcher_fetchesSpark_whenItIsFirstAskedFor_andSaysSo() throws Exception {
    Ended first = run("train", "--engine", "spark", "--master", "local[2]");
    assertEquals(0, first.code(), first.err());
    assertEquals(
        "neural-rescore: building for Spark (the first time fetches 300 MB of it)",
        first.err().strip());
    assertTrue(first.out().startsWith("<@"), first.out());
    assertTrue(first.out().contains("neural-rescore-spark-1.jar:"), first.out());
    assertTrue(first.out().contains("/spark/target/spark/jars/*>"), first.out());
    // What executors of a cluster are brought.
    assertTrue(first.out().contains("<-Dneuralrescore.spark.jars=/"), first.out());
    assertTrue(first.out().contains("neural-rescore-spark-1.jar,/"), first.out());
    assertTrue(first.out().endsWith("<train><--engine><spark><--master><local[2]>"), first.out());
    assertEquals("", run("train", "--engine=spark").err());
    assertTrue(run("publish", "films", "--engine", "spark").out().contains("/spark/jars/*>"));
    assertEquals(1, builds());

    // Spark's trainer is of the same build as the other one.
    assertEquals(0, run("build").code());
    assertFalse(Files.exists(root.resolve("trainer/spark/target")));
    assertFalse(run("train", "--name", "--engine").out().contains("spark"));
  }

  @Test
  void launcher_ofAReleaseArchive_neverBuilds() throws Exception {
    Files.createDirectories(root.resolve("trainer/lib"));
    Files.delete(root.resolve("mvnw"));
    Ended ended = run("--version");
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().contains("trainer/lib/*>"), ended.out());
    assertFalse(Files.exists(root.resolve("trainer/target")));
    assertEquals(7, run("build").code());
    for (List<String> demo : List.of(List.of("demo"), List.of("demo", "--es", "9"))) {
      Ended shown = run(demo.toArray(String[]::new));
      assertEquals(7, shown.code(), shown.out());
      assertEquals(1, shown.err().lines().count(), shown.err());
      assertTrue(shown.err().contains("demo wants a checkout"), shown.err());
    }
    assertEquals(0, run("demo", "--help").code());
    Ended spark = run("train", "--engine", "spark");
    assertEquals(7, spark.code());
    assertEquals(
        "neural-rescore: a release archive has no Spark; use it in a checkout, or by"
            + " spark-submit (trainer/README.md)",
        spark.err().strip());
  }
}
