// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.engine.Engine;
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

  @Mixin SparkFlags spark;

  /** Whether it is this process. */
  boolean isLocal() {
    return engine.equals(SparkFlags.LOCAL);
  }

  /** Other engines take the plain run alone. */
  void requireAlone(boolean auto, List<String> methods) {
    if (isLocal()) {
      if (spark.given() || checkpoints != null) {
        throw new UserError(
            USAGE, "--master, --checkpoint-dir and --spark-conf belong to --engine spark");
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

  /**
   * The engine for a model of this name; the caller closes it.
   *
   * @param out the folder with all models
   */
  Engine open(Path out, String name, Progress progress) {
    return spark.open(
        engine,
        Optional.ofNullable(checkpoints).map(all -> all + "/" + name),
        () -> out.resolve("." + name),
        progress);
  }
}
