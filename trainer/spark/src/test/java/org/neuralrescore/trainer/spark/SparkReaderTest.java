// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;

/** Spark reads what one machine reads, and refuses it in the same words. */
class SparkReaderTest {
  /** Whole files, and pieces of a few lines. */
  private static final List<String> CUTS = List.of("128m", "4k");

  @TempDir static Path scratch;
  private static Session session;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    session = Session.start(TestSpark.options(scratch));
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  static final InteractionFormat FORMAT =
      new InteractionFormat(
          ",", List.of(), "user", "item", Optional.of("stars"), Optional.of("at"), List.of());

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path writePacked(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static Interactions onSpark(
      List<DataFile> files, InteractionFormat format, ReadingRules rules) {
    return TestSpark.read(session, format, rules, files);
  }

  private static Interactions assertSame(
      List<DataFile> files, InteractionFormat format, ReadingRules rules) {
    Interactions here = new InteractionReader(format, rules).read(files);
    for (String bytes : CUTS) {
      TestSpark.cutAt(session, bytes);
      Interactions there = onSpark(files, format, rules);
      assertEquals(here.summary(), there.summary());
      assertEquals(here.users().asList(), there.users().asList());
      assertEquals(here.items().asList(), there.items().asList());
      assertEquals(here.sha256(), there.sha256());
    }
    return here;
  }

  private static List<DataFile> files(Path... named) {
    return DataFiles.of(List.of(named), System.in);
  }

  /** Duplicates, equal times, lines out of order, returns, quotes, ids beyond the basic plane. */
  static String lines(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("at,user,item,stars\n");
    for (int n = 0; n < count; n++) {
      text.append(1_600_000_000L + 60L * random.nextInt(40)).append(',');
      text.append(random.nextInt(9) == 0 ? "\uD83C\uDFAC" : "u").append(random.nextInt(50));
      text.append(random.nextInt(9) == 0 ? ",\"a \"\"b\"\", " : ",i").append(random.nextInt(70));
      text.append(text.charAt(text.lastIndexOf(",") + 1) == ' ' ? "\"," : ",");
      text.append(random.nextInt(-2, 6)).append('\n');
    }
    return text.toString();
  }

  @Test
  void folder_ofPartsOfEverySort_isTheDataSetOfOneMachine() throws IOException {
    write("parts/a.csv", "\uFEFF" + lines(1, 900));
    write("parts/sub/b.csv", lines(2, 700).replace("\n", "\r\n"));
    writePacked("parts/c.csv.gz", lines(3, 400));
    write(
        "parts/d.json",
        """
        {"user":"u1","item":7,"stars":5,"at":1600000001}
        {"item":"i3","user":"u9","stars":2.5,"at":"1600000002"}
        """);
    write("parts/_SUCCESS", "");
    write("parts/.a.csv.crc", "crc");
    List<DataFile> files = files(folder.resolve("parts"));
    ReadingRules plain = ReadingRules.defaults();
    Interactions read = assertSame(files, FORMAT, plain);
    assertTrue(read.summary().duplicates() > 100, read.summary()::toString);
    assertTrue(read.summary().belowThreshold() > 100, read.summary()::toString);
    assertTrue(read.summary().clockDisorder() > 100, read.summary()::toString);
    assertSame(files, FORMAT, plain.withTies(ReadingRules.Ties.ITEM_ID).withMinRating(3));
    assertSame(files, FORMAT, plain.withDuplicates(ReadingRules.Duplicates.FIRST));
    assertSame(files, FORMAT, plain.withQuantities(true).withCatalogue(List.of("a", "i3", "zz")));
    assertSame(files, FORMAT.withTime(Optional.empty()).withRating(Optional.empty()), plain);
  }

  @Test
  void contextColumns_areThoseOfOneMachine() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder("country,at,user,item,device,stars\n");
    for (int n = 0; n < 1500; n++) {
      text.append(List.of("", "Chad", "\"Laos, PDR\"", "\u00c5land").get(random.nextInt(4)));
      text.append(',').append(1_600_000_000L + 3_600L * random.nextInt(400));
      text.append(",u").append(random.nextInt(40)).append(",i").append(random.nextInt(60));
      // Most devices are seen once or twice, so parts have different ones.
      text.append(",d").append(random.nextInt(900)).append(',').append(random.nextInt(-1, 6));
      text.append('\n');
    }
    // Of a line that is left out, or merged into another: no text of the data set.
    text.append("Nowhere,1600000000,u1,i1,none,-5\n");
    write("context/a.csv", text.toString());
    write(
        "context/b.json",
        """
        {"user":"u1","item":"i7","stars":5,"at":1600000001,"country":"Peru","device":"d0"}
        {"item":"i3","user":"u99","stars":2.5,"at":1600000002,"country":"","device":"d1"}
        """);
    List<DataFile> files = files(folder.resolve("context"));
    InteractionFormat format = FORMAT.withContext(List.of("device", "country", "hour", "weekday"));
    Interactions read = assertSame(files, format, ReadingRules.defaults());
    assertEquals(format.context(), read.histories().context().columns());
    assertSame(
        files, format.withContext(List.of("country")), ReadingRules.defaults().withMinRating(2));
    assertSameMistake(files, FORMAT.withContext(List.of("browser")), ReadingRules.defaults());
  }

  private static List<Source> sources(List<DataFile> files, String atMost) {
    return new Sources(
            files,
            FORMAT,
            new HadoopFiles(session.spark().sparkContext().hadoopConfiguration()),
            Long.parseLong(atMost),
            2)
        .cut();
  }

  @Test
  void largeFiles_areCut_whereTheyCanBe() throws IOException {
    Path plain = write("plain.csv", lines(1, 900));
    Path packed = writePacked("packed.csv.gz", lines(3, 900));
    long size = Files.size(plain);
    assertEquals(
        size / 4096 + 1 + 1, sources(files(plain, packed), "4096").size(), "of " + size + " bytes");
    assertEquals(2, sources(files(plain, packed), "1000000").size());
    List<DataFile> behindUri = List.of(new DataFile(plain, plain.toUri().toString()));
    assertEquals(size / 4096 + 1, sources(behindUri, "4096").size());
    assertSame(behindUri, FORMAT, ReadingRules.defaults());
    assertEquals(1, sources(files(folder.resolve("nowhere.csv")), "1").size());
  }

  @Test
  void fieldsThatReachAcrossLines_areReadAsOnOneMachine() throws IOException {
    StringBuilder text = new StringBuilder("user,item,stars,at,told\n");
    SplittableRandom random = new SplittableRandom(9);
    for (int n = 0; n < 400; n++) {
      String told = random.nextInt(5) == 0 ? "\"a\nb,c,1,5\nd\"" : "short";
      text.append("u%d,i%d,1,%d,%s\n".formatted(n % 40, n % 30, n, told));
    }
    assertSame(files(write("told.csv", text.toString())), FORMAT, ReadingRules.defaults());
    // A quote in the midst of a field is no quote, an even number of them neither.
    write("odd.csv", lines(6, 900).replace(",i1", ",i\"1").replace(",i2", ",i\"2\""));
    assertSame(files(folder.resolve("odd.csv")), FORMAT, ReadingRules.defaults());
  }

  @Test
  void jsonAndTabs_areCutAtTheirLines() throws IOException {
    StringBuilder json = new StringBuilder();
    StringBuilder tabs = new StringBuilder();
    for (int n = 0; n < 1500; n++) {
      // A key that only later lines have, and blank lines.
      String more = n > 20 ? ",\"more\":1" : "";
      json.append(
          "{\"user\":\"u%d\",\"item\":%d,\"stars\":%d,\"at\":%d%s}\n%s"
              .formatted(
                  n % 50, n % 70, n % 4 - 1, 1_600_000_000 + n, more, n % 9 == 0 ? "\n" : ""));
      tabs.append("u%d\t\"i%d\t%d\t%d\r\n".formatted(n % 50, n % 70, n % 5, 1_600_000_000 + n));
    }
    assertSame(files(write("a.json", json.toString())), FORMAT, ReadingRules.defaults());
    InteractionFormat headless =
        new InteractionFormat(
            "\t",
            List.of("user", "item", "stars", "at"),
            "user",
            "item",
            Optional.of("stars"),
            Optional.of("at"),
            List.of());
    assertSame(files(write("a.tsv", tabs.toString())), headless, ReadingRules.defaults());
    // Right to the last line but one, so the place is far from the beginning of its piece.
    String wrong = json + "{\"user\":\"u\"\n{\"user\":\"u\",\"item\":\"x\"}\n";
    assertSameMistake(files(write("b.json", wrong)), FORMAT, ReadingRules.defaults());
    assertSameMistake(
        files(write("b.csv", lines(7, 900) + "5,u,i,many\n1,u,i,1\n")),
        FORMAT,
        ReadingRules.defaults());
    assertSameMistake(
        files(write("c.csv", lines(7, 900) + "2020-01-31,u,i,1\n")),
        FORMAT,
        ReadingRules.defaults());
  }

  @Test
  void blankIds_areCountedOrRefused_asOnOneMachine() throws IOException {
    write("p/1.csv", "user,item,stars,at\na,x,1,5\n,y,1,5\nb,y,1,7\n");
    write("p/2.csv", "user,item,stars,at\na,,1,5\nc,z,1,9\nc,,-1,9\n");
    List<DataFile> files = files(folder.resolve("p"));
    ReadingRules skip = ReadingRules.defaults().withBlankIds(ReadingRules.BlankIds.SKIP);
    assertEquals(3, assertSame(files, FORMAT, skip).summary().blank());
    assertSameMistake(files, FORMAT, ReadingRules.defaults());
  }

  @Test
  void parquet_isReadByTheSameRules() {
    Path resources =
        Path.of(System.getProperty("neuralrescore.root"), "trainer/src/test/resources/parquet");
    InteractionFormat format =
        new InteractionFormat(
            ",", List.of(), "customer", "sku", Optional.empty(), Optional.empty(), List.of());
    ReadingRules skip = ReadingRules.defaults().withBlankIds(ReadingRules.BlankIds.SKIP);
    int read = 0;
    for (String name : List.of("shop", "lz4", "int96", "pandas", "fastparquet", "groups")) {
      List<DataFile> files = files(resources.resolve(name + ".parquet"));
      List<String> columns = columns(files.get(0));
      if (columns.contains("customer") && columns.contains("sku")) {
        Optional<String> time = columns.stream().filter(c -> c.contains("_at")).findFirst();
        assertSame(files, format.withTime(time), skip);
        read++;
      }
    }
    assertTrue(read >= 2, "files read: " + read);
    assertSameMistake(files(resources.resolve("brotli.parquet")), format, ReadingRules.defaults());
  }

  private static List<String> columns(DataFile file) {
    try (var table = file.open(",", List.of())) {
      return table.columns();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private static UserError assertSameMistake(
      List<DataFile> files, InteractionFormat format, ReadingRules rules) {
    UserError here =
        assertThrows(UserError.class, () -> new InteractionReader(format, rules).read(files));
    for (String bytes : CUTS) {
      TestSpark.cutAt(session, bytes);
      UserError there = assertThrows(UserError.class, () -> onSpark(files, format, rules));
      assertEquals(here.getMessage(), there.getMessage());
      assertEquals(here.kind(), there.kind());
    }
    return here;
  }

  @Test
  void mistakes_areToldInTheSameWords() throws IOException {
    String right = "user,item,stars,at\na,x,1,1600000000\nb,y,1,1600000001\n";
    Path first = write("1.csv", right);
    for (String wrong :
        List.of(
            "user,item,stars\na,x,1\n",
            "user,item,stars,at\na,x,many,1600000000\n",
            "user,item,stars,at\na,x,1,1600000000\nb,y,1,yesterday\n",
            // Right by themselves, and of another unit than the file before.
            "user,item,stars,at\na,x,1,0\nb,y,1,1600000001000\n",
            "user,item,stars,at\na,x,1,2020-01-31\nc,z,bad,2020-01-31\n",
            "user,item,stars,at\na,\"x,1,5\nb,y",
            "user,item,stars,at\na,x\u0007,1,1600000000\n",
            "")) {
      Path second = write("2.csv", wrong);
      // The mistake behind it must not be the one that is told.
      Path third = write("3.csv", "user,item\n");
      assertSameMistake(files(first, second, third), FORMAT, ReadingRules.defaults());
    }
    assertSameMistake(files(first, folder.resolve("nowhere.csv")), FORMAT, ReadingRules.defaults());
    Files.write(folder.resolve("2.csv"), new byte[] {'u', (byte) 0xff, '\n'});
    assertSameMistake(files(first, folder.resolve("2.csv")), FORMAT, ReadingRules.defaults());
    assertSameMistake(
        files(write("one.csv", "user,item,stars,at\na,x,1,5\na,x,1,6\n")),
        FORMAT,
        ReadingRules.defaults());
    assertSameMistake(
        files(write("none.csv", "user,item,stars,at\na,x,-1,5\nb,y,-1,6\n")),
        FORMAT,
        ReadingRules.defaults());
  }

  @Test
  void halfACharacter_isRefused_inIdsAndInContext() throws IOException {
    InteractionFormat json =
        new InteractionFormat(
            ",", List.of(), "user", "item", Optional.empty(), Optional.empty(), List.of("device"));
    String right = "{\"user\":\"a\\ud83d\\ude00\",\"item\":\"x\",\"device\":\"d\"}\n".repeat(99);
    Path others = write("a.json", right + "{\"user\":\"b\",\"item\":\"y\",\"device\":\"d\"}\n");
    for (String wrong :
        List.of(
            "{\"user\":\"a\\ud83d\",\"item\":\"x\",\"device\":\"d\"}",
            "{\"user\":\"a\",\"item\":\"\\ude00x\",\"device\":\"d\"}",
            "{\"user\":\"a\",\"item\":\"x\",\"device\":\"\\ud83d\\ud83d\\ude00\"}")) {
      List<DataFile> files = files(others, write("b.json", right + wrong + "\n"));
      UserError here = assertSameMistake(files, json, ReadingRules.defaults());
      assertTrue(here.getMessage().contains("b.json line 100 column ["), here.getMessage());
      assertTrue(here.getMessage().contains("has half a character, \\u"), here.getMessage());
    }
    assertSame(files(others), json, ReadingRules.defaults());
  }

  @Test
  void file_thatOnlyTheDriverSees_isToldApart() throws IOException {
    DataFile here = new DataFile(write("here.csv", "user,item\n"));
    DataFile nowhere = new DataFile(folder.resolve("nowhere.csv"));
    String missing = ": no such file; give the path of a file of interactions";
    assertEquals(
        here.name()
            + ": is on the driver's machine and not on an executor's; put it where all see it, or"
            + " name a URI such as hdfs://host/orders",
        SparkReader.mistake(here, here.name() + missing));
    assertEquals(nowhere.name() + missing, SparkReader.mistake(nowhere, nowhere.name() + missing));
    assertEquals("line 3 is wrong", SparkReader.mistake(here, "line 3 is wrong"));
  }

  @Test
  void heldOut_areTheSamePairs() throws IOException {
    write("parts/a.csv", lines(4, 1500));
    write("parts/b.csv", lines(5, 1500));
    List<DataFile> files = files(folder.resolve("parts"));
    Interactions here = new InteractionReader(FORMAT, ReadingRules.defaults()).read(files);
    Interactions there = onSpark(files, FORMAT, ReadingRules.defaults());
    for (String protocol :
        List.of(
            "leave-last-out",
            "last-fraction:0.2",
            "global-time:0.1",
            "random:0.2",
            "user-disjoint:0.2:0.8")) {
      Split one = SplitProtocol.of(protocol, 42).split(here);
      Split other = SplitProtocol.of(protocol, 42).split(there);
      assertTrue(one.test().size() > 5, protocol + ": " + one.test().size());
      assertSameCases(one.test(), other.test(), protocol);
      assertSameCases(one.validation(), other.validation(), protocol);
      assertArrayEquals(
          one.refit().toMatrix().columns(), other.refit().toMatrix().columns(), protocol);
    }
  }

  private static void assertSameCases(EvaluationSet one, EvaluationSet other, String of) {
    assertEquals(one.size(), other.size(), of);
    for (int c = 0; c < one.size(); c++) {
      assertEquals(one.user(c), other.user(c), of);
      assertArrayEquals(one.targets(c), other.targets(c), of);
    }
  }

  @Test
  void read_runsNothing_beforeItsProgressBegins() throws IOException {
    List<DataFile> files =
        List.of(new DataFile(write("some.csv", "user,item,stars,at\na,x,1,1\nb,y,1,2\na,y,1,3\n")));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.spark().sparkContext());
    List<Integer> jobsBefore = new ArrayList<>();
    context.setJobGroup("told", "of reading");
    Progress counting =
        (name, total) -> {
          jobsBefore.add(context.statusTracker().getJobIdsForGroup("told").length);
          return Progress.silent();
        };
    try (Parts parts =
        new SparkReader(session.spark(), FORMAT, ReadingRules.defaults(), Optional.empty())
            .parts(files, counting)) {
      AllUsers.of(session.spark(), parts, ReadingRules.defaults(), "some.csv", true, counting);
    } finally {
      context.clearJobGroup();
    }
    assertEquals(0, jobsBefore.get(0));
    assertTrue(jobsBefore.get(1) > 0, "jobs were not counted");
  }
}
