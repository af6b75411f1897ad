// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.engine.EngineOptions;

/** A Spark of two threads, inside the test's JVM. */
final class TestSpark {
  private TestSpark() {}

  static EngineOptions options(Path scratch) {
    return new EngineOptions(
        Optional.of("local[2]"),
        Optional.empty(),
        scratch,
        Map.of("spark.sql.shuffle.partitions", "2"));
  }
}
