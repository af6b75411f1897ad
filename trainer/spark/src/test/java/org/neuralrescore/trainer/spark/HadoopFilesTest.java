// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;

/** Files behind Hadoop's connectors, of which the one for this machine's files is always there. */
class HadoopFilesTest {
  @TempDir Path folder;
  @TempDir Path scratch;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void uri_isWhatAPathHasLeftOfIt() {
    assertEquals(
        Optional.of("s3a://bucket/a/b.csv"),
        HadoopFiles.uri(Path.of("s3a://bucket/a/b.csv").toString()));
    assertEquals(
        Optional.of("hdfs://host:8020/a"),
        HadoopFiles.uri(Path.of("hdfs://host:8020/a").toString()));
    assertEquals(Optional.of("file:///a b"), HadoopFiles.uri(Path.of("file:///a b").toString()));
    assertEquals(Optional.empty(), HadoopFiles.uri("a/b.csv"));
    assertEquals(Optional.empty(), HadoopFiles.uri("/a:/b"));
  }

  @Test
  void filesWithAUri_areReadByHadoop_andNamedByIt() throws IOException {
    write("parts/a.csv", SparkReaderTest.lines(1, 300));
    write("parts/sub/b.csv", SparkReaderTest.lines(2, 300));
    write("parts/_SUCCESS", "done");
    write("parts/empty.csv", "");
    String uri = folder.resolve("parts").toUri().toString();
    Interactions here =
        new InteractionReader(SparkReaderTest.FORMAT, ReadingRules.defaults())
            .read(DataFiles.of(List.of(folder.resolve("parts")), System.in));
    Path copied;
    try (SparkEngine engine = new SparkEngine(TestSpark.options(scratch), Progress.none())) {
      // What the command line makes of a URI.
      List<DataFile> files = engine.files(List.of(Path.of(uri)));
      assertEquals(2, files.size());
      assertTrue(
          files.stream().allMatch(file -> file.name().startsWith("file:/")), files::toString);
      copied = files.get(0).path();
      assertTrue(copied.endsWith("a.csv") && Files.exists(copied), files::toString);
      Interactions there = engine.read(files, SparkReaderTest.FORMAT, ReadingRules.defaults());
      assertEquals(here.sha256(), there.sha256());
      assertEquals(here.summary(), there.summary());

      write("parts/sub/d.csv", "user,item,stars,at\na,x,1,2020-01-31\n");
      UserError mixed =
          assertThrows(
              UserError.class,
              () ->
                  engine.read(
                      engine.files(List.of(Path.of(uri))),
                      SparkReaderTest.FORMAT,
                      ReadingRules.defaults()));
      assertTrue(
          mixed.getMessage().matches("file:/.*parts/sub/d.csv line 2 .* write all in one unit"),
          mixed.getMessage());
      UserError none =
          assertThrows(UserError.class, () -> engine.files(List.of(Path.of(uri + "/nowhere.csv"))));
      assertTrue(none.getMessage().contains("no such file"), none.getMessage());
      UserError strange =
          assertThrows(UserError.class, () -> engine.files(List.of(Path.of("s9://b/orders"))));
      assertTrue(
          strange.getMessage().startsWith("s9://b/orders: Hadoop has no connector"),
          strange.getMessage());
    }
    assertFalse(Files.exists(copied), "a copy is left");
  }
}
