// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;
import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.engine.EngineOptions;
import org.neuralrescore.trainer.engine.EngineProvider;
import picocli.CommandLine.Option;

/** Where a training reads and factorises. */
final class EngineFlags {
  private static final String LOCAL = "local";

  @Option(
      names = "--engine",
      paramLabel = "local|spark",
      defaultValue = LOCAL,
      description =
          "Where interactions are read and factorised: local, in this process, or spark, on Apache"
              + " Spark, which takes --factors implicit-als. Default: local.")
  String engine;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "With --engine spark: the cluster, such as local[2] for a try, or spark://host:7077;"
              + " spark-submit says it otherwise.")
  String master;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description =
          "With --engine spark: where checkpoints go, which every executor can write to, such as"
              + " hdfs://host/tmp/shop; the same command goes on from it after a kill. Default, on"
              + " one machine: .NAME in --out.")
  String checkpoints;

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description =
          "With --engine spark: a setting of Spark's own, such as spark.executor.memory=8g; as often"
              + " as there are any.")
  Map<String, String> settings = new LinkedHashMap<>();

  /** Whether it is this process. */
  boolean isLocal() {
    return engine.equals(LOCAL);
  }

  /** Other engines take the plain run alone. */
  void requireAlone(boolean auto, List<String> methods) {
    if (isLocal()) {
      if (master != null || checkpoints != null || !settings.isEmpty()) {
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
   * The engine; the caller closes it.
   *
   * @param scratch a folder of this run alone
   */
  Engine open(Path scratch, Progress progress) {
    if (isLocal()) {
      return Engine.local();
    }
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.name().equals(engine)) {
        return provider.open(
            new EngineOptions(
                Optional.ofNullable(master), Optional.ofNullable(checkpoints), scratch, settings),
            progress);
      }
    }
    if (engine.equals("spark")) {
      throw new UserError(
          ENVIRONMENT,
          "--engine spark finds no Spark on the class path: give it on the command line of"
              + " trainer/bin/neural-rescore in a checkout, which fetches Spark, or use spark-submit"
              + " (trainer/README.md)");
    }
    throw new UserError(USAGE, "--engine expects local or spark, got [" + engine + "]");
  }
}
