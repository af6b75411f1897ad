// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The flags of engines where there is none but this process. */
class EngineFlagsTest {
  private static CommandRun train(String... flags) {
    List<String> args =
        new ArrayList<>(List.of("train", "--interactions", Path.of("none.csv").toString()));
    args.addAll(List.of("--name", "films"));
    args.addAll(List.of(flags));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static void assertRefused(int code, String line, String... flags) {
    CommandRun run = train(flags);
    assertEquals("neural-rescore: " + line, run.errorLine());
    assertEquals(code, run.exitCode());
  }

  @Test
  void spark_thatIsNotThere_isToldBeforeAnyWork() {
    assertRefused(
        7,
        "--engine spark finds no Spark on the class path: give it on the command line of"
            + " trainer/bin/neural-rescore in a checkout, which fetches Spark, or use spark-submit"
            + " (trainer/README.md)",
        "--engine",
        "spark",
        "--master",
        "local[2]");
  }

  @Test
  void engine_thatNobodyKnows_isRefused() {
    assertRefused(2, "--engine expects local or spark, got [flink]", "--engine", "flink");
  }

  @Test
  void flagsOfSpark_withoutIt_areRefused() {
    for (List<String> flag :
        List.of(
            List.of("--master", "local[2]"),
            List.of("--checkpoint-dir", "there"),
            List.of("--driver-users", "9"),
            List.of("--spark-conf", "spark.executor.memory=2g"))) {
      assertRefused(
          2,
          "--master, --checkpoint-dir, --driver-users and --spark-conf belong to --engine spark",
          flag.get(0),
          flag.get(1));
    }
  }

  @Test
  void comparisons_stayInThisProcess() {
    assertRefused(
        2,
        "--engine spark compares nothing: leave --method out, or choose on a sample of the data with"
            + " --engine local",
        "--engine",
        "spark",
        "--method",
        "all");
  }

  @Test
  void publishing_refusesFlagsOfSparkWithoutIt_beforeItLooksAtTheBundle() {
    CommandRun run = CommandRun.of("publish", "nowhere", "--master", "local[2]");
    assertEquals(
        "neural-rescore: --master and --spark-conf belong to --engine spark", run.errorLine());
    assertEquals(2, run.exitCode());
    CommandRun spark = CommandRun.of("publish", "nowhere", "--engine", "spark");
    assertEquals(3, spark.exitCode(), spark.err());
  }
}
