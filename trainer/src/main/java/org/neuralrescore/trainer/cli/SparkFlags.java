// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;
import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.engine.EngineOptions;
import org.neuralrescore.trainer.engine.EngineProvider;
import picocli.CommandLine.Option;

/** Which cluster of Spark's an engine works on. */
final class SparkFlags {
  static final String LOCAL = "local";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "With --engine spark: the cluster, such as local[2] for a try, or spark://host:7077;"
              + " spark-submit says it otherwise.")
  String master;

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description =
          "With --engine spark: a setting of Spark's own, such as spark.executor.memory=8g; as often"
              + " as there are any.")
  Map<String, String> settings = new LinkedHashMap<>();

  /** Whether anything was said of Spark. */
  boolean given() {
    return master != null || !settings.isEmpty();
  }

  /**
   * An engine; the caller closes it.
   *
   * @param name of {@code --engine}
   * @param checkpoints a folder that all machines of the cluster can write to
   * @param scratch a folder of this run alone, which is asked for where there is such an engine
   * @param driverUsers who is brought to this process, where not all are
   */
  Engine open(
      String name,
      Optional<String> checkpoints,
      Supplier<Path> scratch,
      Optional<EngineOptions.DriverUsers> driverUsers,
      Progress progress) {
    if (name.equals(LOCAL)) {
      return Engine.local();
    }
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.open(
            new EngineOptions(
                Optional.ofNullable(master), checkpoints, scratch.get(), settings, driverUsers),
            progress);
      }
    }
    if (name.equals("spark")) {
      throw new UserError(
          ENVIRONMENT,
          "--engine spark finds no Spark on the class path: give it on the command line of"
              + " trainer/bin/neural-rescore in a checkout, which fetches Spark, or use spark-submit"
              + " (trainer/README.md)");
    }
    throw new UserError(USAGE, "--engine expects local or spark, got [" + name + "]");
  }
}
