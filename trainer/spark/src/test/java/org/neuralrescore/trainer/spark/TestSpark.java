// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.engine.EngineOptions;

/** A Spark of two threads, inside the test's JVM. */
final class TestSpark {
  private TestSpark() {}

  static EngineOptions options(Path scratch) {
    return new EngineOptions(
        Optional.of("local[2]"),
        Optional.empty(),
        scratch,
        Map.of("spark.sql.shuffle.partitions", "2"),
        Optional.empty());
  }

  /**
   * What processes of a cluster are begun with, each of which looks for Spark.
   *
   * @param root of the project, whose build laid it out like a distribution
   */
  static void distribution(Path root, Map<String, String> environment) {
    environment.put("SPARK_HOME", root.resolve("trainer/spark/target/spark").toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
  }

  /** Tasks read so much of a file from now on, such as {@code 4k}. */
  static void cutAt(Session session, String bytes) {
    session.spark().conf().set("spark.sql.files.maxPartitionBytes", bytes);
  }

  /** Files with all of their users. */
  static Interactions read(
      Session session, InteractionFormat format, ReadingRules rules, List<DataFile> files) {
    try (Parts parts =
        new SparkReader(session.spark(), format, rules, Optional.empty())
            .parts(files, Progress.none())) {
      return AllUsers.of(
          session.spark(),
          parts,
          rules,
          DataFiles.name(files),
          format.time().isPresent(),
          Progress.none());
    }
  }
}
