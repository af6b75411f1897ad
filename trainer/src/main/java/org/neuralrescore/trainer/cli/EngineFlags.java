// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.split.GlobalTime;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.engine.EngineOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a training reads and factorises. */
final class EngineFlags {
  @Option(
      names = "--engine",
      paramLabel = "local|spark",
      defaultValue = SparkFlags.LOCAL,
      description =
          "Where interactions are read and factorised, users encoded and held-out cases ranked:"
              + " local, in this process, or spark, on Apache Spark, which takes --factors"
              + " implicit-als. Default: local.")
  String engine;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description =
          "With --engine spark: where checkpoints go, into a folder NAME, which every executor can"
              + " write to, such as hdfs://host/tmp; after a kill the same command goes on behind"
              + " the last factorisation that is there. Default, on one machine: .NAME in --out.")
  String checkpoints;

  @Option(
      names = "--driver-users",
      paramLabel = "N",
      description =
          "With --engine spark, for data larger than the driver's memory: about N users, drawn by"
              + " their ids, come to the driver. They teach the network and are evaluated, and"
              + " factors are learned from all others, who stay on executors. Default: all come,"
              + " and factors are learned from all.")
  Long driverUsers;

  @Mixin SparkFlags spark;

  /** Whether it is this process. */
  boolean isLocal() {
    return engine.equals(SparkFlags.LOCAL);
  }

  /** Other engines take the plain run alone. */
  void requireAlone(boolean auto, List<String> methods) {
    if (isLocal()) {
      if (spark.given() || checkpoints != null || driverUsers != null) {
        throw new UserError(
            USAGE,
            "--master, --checkpoint-dir, --driver-users and --spark-conf belong to --engine spark");
      }
    } else if (auto || !methods.isEmpty()) {
      throw new UserError(
          USAGE,
          "--engine "
              + engine
              + " compares nothing: leave "
              + (auto ? "--factors auto" : "--method")
              + " out, or choose on a sample of the data with --engine local");
    }
  }

  /** Whether some users stay where they are read. */
  boolean leavesUsers() {
    return driverUsers != null;
  }

  /**
   * Of users who stay elsewhere nothing that has to see all is learned.
   *
   * @param split whether one was given
   * @param index whether interactions come from one
   * @param baselines whether any was named
   */
  void requireSomeUsersAreEnough(
      TrainingOptions options, boolean split, boolean index, boolean baselines) {
    if (!leavesUsers()) {
      return;
    }
    if (driverUsers < 1) {
      throw new UserError(USAGE, "--driver-users expects 1 or more, got " + driverUsers);
    }
    refuse(split, "--train and --test");
    refuse(index, "--from-index");
    refuse(options.protocol() instanceof GlobalTime, "--protocol global-time");
    refuse(options.rows().core().minPerUser() > 1, "--min-interactions-per-user");
    refuse(options.rows().core().minPerItem() > 1, "--min-interactions-per-item");
    refuse(options.rows().core().minUsersPerItem() > 1, "--min-users-per-item");
    refuse(options.rows().sessionDays().isPresent(), "--session-days");
    refuse(!options.wide().isEmpty(), "--wide");
    refuse(options.features().recent().isPresent(), "--recent");
    refuse(baselines, "--baselines");
  }

  private static void refuse(boolean given, String flag) {
    if (given) {
      throw new UserError(
          USAGE,
          "--driver-users leaves most users on executors, and "
              + flag
              + " has to see all; leave one of them out");
    }
  }

  /**
   * The engine for a model of this name; the caller closes it.
   *
   * @param out the folder with all models
   * @param seed of the draw of users
   */
  Engine open(Path out, String name, long seed, Progress progress) {
    return spark.open(
        engine,
        Optional.ofNullable(checkpoints).map(all -> all + "/" + name),
        () -> out.resolve("." + name),
        Optional.ofNullable(driverUsers).map(users -> new EngineOptions.DriverUsers(users, seed)),
        progress);
  }
}
