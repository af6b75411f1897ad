// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.engine.Engine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where users who stand apart are written from. */
final class PublishEngineFlags {
  @Option(
      names = "--engine",
      paramLabel = "local|spark",
      defaultValue = SparkFlags.LOCAL,
      description =
          "Where the users of a bundle with users.parquet are written from: local, this process, or"
              + " spark, executors that see the bundle at the same path. All else is done here."
              + " Default: local.")
  String engine;

  @Mixin SparkFlags spark;

  /** Whether it is this process. */
  boolean isLocal() {
    return engine.equals(SparkFlags.LOCAL);
  }

  /** Refuses flags that do not go together. */
  void require() {
    if (isLocal() && spark.given()) {
      throw new UserError(
          UserError.Kind.USAGE, "--master and --spark-conf belong to --engine spark");
    }
  }

  /** The engine; the caller closes it. */
  Engine open(Progress progress) {
    return spark.open(
        engine, Optional.empty(), PublishEngineFlags::folder, Optional.empty(), progress);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("neural-rescore-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for Spark", e);
    }
  }
}
