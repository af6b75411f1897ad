// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.engine.EngineOptions;

/** What a Spark is started with, whatever it was told, and what it leaves. */
class SessionTest {
  @TempDir Path scratch;
  @TempDir Path folder;

  private EngineOptions options(Optional<String> checkpoints, Map<String, String> settings) {
    return new EngineOptions(Optional.of("local[2]"), checkpoints, scratch, settings);
  }

  @Test
  void kryo_whichManySet_isSetAside() throws IOException {
    List<DataFile> files =
        List.of(
            new DataFile(
                Files.writeString(folder.resolve("a.csv"), SparkReaderTest.lines(1, 300))));
    String kryo = "org.apache.spark.serializer.KryoSerializer";
    try (Session session =
        Session.start(options(Optional.empty(), Map.of("spark.serializer", kryo)))) {
      assertEquals(
          new InteractionReader(SparkReaderTest.FORMAT, ReadingRules.defaults())
              .read(files)
              .sha256(),
          new SparkReader(session.spark(), SparkReaderTest.FORMAT, ReadingRules.defaults())
              .read(files, Progress.none())
              .sha256());
    }
  }
}
