// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.engine.EngineOptions;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.pipeline.Factorisation.Stage;

/** What a Spark is started with, whatever it was told, and what it leaves. */
class SessionTest {
  @TempDir Path scratch;
  @TempDir Path folder;

  private EngineOptions options(Optional<String> checkpoints, Map<String, String> settings) {
    return new EngineOptions(
        Optional.of("local[2]"), checkpoints, scratch, settings, Optional.empty());
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
          TestSpark.read(session, SparkReaderTest.FORMAT, ReadingRules.defaults(), files).sha256());
    }
  }

  @Test
  void killedRun_leavesNothing_behindTheNext() throws IOException {
    Path shared = folder.resolve("shared");
    String named = shared.resolve("films").toString();
    Path own = scratch.resolve("spark/left");
    Files.createDirectories(own);
    Session.start(options(Optional.empty(), Map.of())).close();
    assertFalse(Files.exists(scratch), "checkpoints on this machine are left");

    Session killed = Session.start(options(Optional.of(named), Map.of()));
    Path left = onlyOne(shared.resolve("films"));
    // What a kill does not do: the folders of Spark and of this machine stay as they are.
    Path record = scratch.resolve("to-remove");
    String owed = Files.readString(record);
    killed.close();
    assertFalse(Files.exists(shared.resolve("films")), "the folder of a name is left");
    Files.createDirectories(left);
    Files.writeString(Files.createDirectories(scratch).resolve("to-remove"), owed);
    Path others = Files.createDirectories(shared.resolve("films/of-another-run"));
    try (Session next = Session.start(options(Optional.of(named), Map.of()))) {
      assertFalse(Files.exists(left), "checkpoints that were named are left");
      assertTrue(next.spark().sparkContext().getCheckpointDir().isDefined());
    }
    assertEquals(others, onlyOne(shared.resolve("films")));
    assertFalse(Files.exists(scratch), "scratch is left");
  }

  private static Path onlyOne(Path in) throws IOException {
    try (Stream<Path> all = Files.list(in)) {
      return all.reduce((one, other) -> fail(one + " and " + other)).orElseThrow();
    }
  }

  @Test
  void secondRunOfAName_waits() {
    try (Session first = Session.start(options(Optional.empty(), Map.of()))) {
      assertTrue(first.spark().sparkContext().getCheckpointDir().isDefined());
      UserError busy = assertThrows(UserError.class, () -> RunFolder.take(scratch));
      assertEquals(UserError.Kind.BUSY, busy.kind());
      assertTrue(busy.getMessage().startsWith("another run (process "), busy.getMessage());
    }
    RunFolder.take(scratch).close();
    assertFalse(Files.exists(scratch), "a lock is left");
  }

  @Test
  void factors_areKeptWhereACheckpointFolderIs() {
    KeptFactors kept =
        new KeptFactors(Configuration::new, folder.resolve("films").toUri().toString());
    assertTrue(kept.read(Stage.FIT, "key").isEmpty());
    double[] users = {1, 2};
    double[] items = {3, 4, 5};
    kept.write(Stage.FIT, "other", new FactorState(new Factors(1, items, users), 1, List.of()));
    kept.write(Stage.FIT, "key", new FactorState(new Factors(1, users, items), 1, List.of()));
    assertArrayEquals(users, kept.read(Stage.FIT, "key").orElseThrow().factors().rows());
    assertTrue(kept.read(Stage.FIT, "other").isEmpty());
    assertTrue(kept.read(Stage.REFIT, "key").isEmpty());
    kept.forget();
    assertTrue(kept.read(Stage.FIT, "key").isEmpty());
  }
}
