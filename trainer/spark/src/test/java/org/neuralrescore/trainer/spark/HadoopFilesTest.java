// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StorageStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.data.table.Location;
import org.neuralrescore.trainer.data.table.Table;

/** Files behind Hadoop's connectors, of which the one for this machine's files is always there. */
class HadoopFilesTest {
  @TempDir Path folder;
  @TempDir Path scratch;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String refusal(String uri) {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.impl", RawLocalFileSystem.class.getName());
    UserError error =
        assertThrows(UserError.class, () -> new HadoopFiles(configuration).of(uri), uri);
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    return error.getMessage();
  }

  @Test
  void uriWithoutAHost_keepsItsPath() {
    assertEquals(
        "hdfs:///user/etl/orders.csv: cannot be read (Incomplete HDFS URI, no host:"
            + " hdfs:///user/etl/orders.csv)",
        refusal("hdfs:///user/etl/orders.csv"));
    assertTrue(refusal("viewfs:/a/b").contains("Empty Mount table"), refusal("viewfs:/a/b"));
  }

  @Test
  void whatIsNoUriOfHadoops_isToldInALine() {
    assertEquals(
        "hdfs://nowhere.invalid/a: cannot be read (no host is called nowhere.invalid; mend the"
            + " name)",
        refusal("hdfs://nowhere.invalid/a"));
    assertEquals(
        "wasb://shop/a.csv: Hadoop has no connector for it here (Class"
            + " org.apache.hadoop.fs.azure.NativeAzureFileSystem not found); add one, for instance"
            + " by spark-submit --packages",
        refusal("wasb://shop/a.csv"));
    assertTrue(refusal("hdfs:/:a:").startsWith("hdfs:/:a:: cannot be read ("));
    assertEquals(
        "s3a://bucket/a//b.csv: has two slashes side by side, of which Hadoop's connectors make"
            + " one, another name; copy what is there to a name without",
        refusal("s3a://bucket/a//b.csv"));
  }

  /** Of 300,000 lines that pack badly: larger than any head. */
  private Path large(String name, boolean packed) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    try (OutputStream raw = Files.newOutputStream(folder.resolve(name));
        OutputStream bytes = packed ? new GZIPOutputStream(raw) : raw;
        PrintWriter out = new PrintWriter(bytes, false, StandardCharsets.UTF_8)) {
      out.println("user,item,stars,at");
      for (int line = 0; line < 300_000; line++) {
        out.print(Long.toHexString(random.nextLong()) + "," + Long.toHexString(random.nextLong()));
        out.println(Long.toHexString(random.nextLong()) + ",1," + (1_600_000_000 + line));
      }
    }
    assertTrue(Files.size(folder.resolve(name)) > 9_000_000, name);
    return folder.resolve(name);
  }

  private static long bytesRead() {
    StorageStatistics of = FileSystem.getGlobalStorageStatistics().get("file");
    return of == null ? 0 : of.getLong("bytesRead");
  }

  @Test
  void largeFiles_areLookedAt_andNotCopied() throws IOException {
    HadoopFiles hadoop = new HadoopFiles(new Configuration());
    Path parquet = folder.resolve("large.parquet");
    Files.write(parquet, Arrays.copyOf("PAR1".getBytes(StandardCharsets.US_ASCII), 20_000_000));
    for (Path large : List.of(large("large.csv", false), large("large.csv.gz", true), parquet)) {
      String name = large.toUri().toString();
      long before = bytesRead();
      List<Source> cut =
          new Sources(hadoop.of(name), SparkReaderTest.FORMAT, hadoop, 1L << 22, 8).cut();
      assertTrue(bytesRead() - before < 3_000_000, name + " read " + (bytesRead() - before));
      assertEquals(large.endsWith("large.csv"), cut.size() > 1, name);
    }
    for (String text : List.of("large.csv", "large.csv.gz")) {
      Path large = folder.resolve(text);
      DataFile head = new RemoteHead(hadoop, large.toUri().toString()).toLookAt();
      try (Table first = head.open(",", List.of());
          Table all = new DataFile(large).open(",", List.of())) {
        int lines = 0;
        while (first.next()) {
          assertTrue(all.next());
          assertEquals(all.cell(1), first.cell(1));
          lines++;
        }
        assertTrue(lines > 100_000 && all.next(), text + " has " + lines);
      } finally {
        HadoopFiles.remove(head.path());
      }
    }
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
      List<DataFile> files = engine.files(List.of(new Location(uri)));
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
                      engine.files(List.of(new Location(uri))),
                      SparkReaderTest.FORMAT,
                      ReadingRules.defaults()));
      assertTrue(
          mixed.getMessage().matches("file:/.*parts/sub/d.csv line 2 .* write all in one unit"),
          mixed.getMessage());
      UserError none =
          assertThrows(
              UserError.class, () -> engine.files(List.of(new Location(uri + "/nowhere.csv"))));
      assertTrue(none.getMessage().contains("no such file"), none.getMessage());
      UserError strange =
          assertThrows(UserError.class, () -> engine.files(List.of(new Location("s9://b/orders"))));
      assertTrue(
          strange.getMessage().startsWith("s9://b/orders: Hadoop has no connector"),
          strange.getMessage());
    }
    assertFalse(Files.exists(copied), "a copy is left");
  }
}
