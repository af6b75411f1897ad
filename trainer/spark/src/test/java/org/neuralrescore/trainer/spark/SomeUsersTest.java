// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.engine.EngineOptions.DriverUsers;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.pipeline.Factorisation.Stage;

/** Some users on the driver and the others on executors are all users, and learned from apart. */
class SomeUsersTest {
  private static final int RANK = 4;
  private static final ReadingRules RULES =
      ReadingRules.defaults().withCatalogue(List.of("never touched"));

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

  @AfterEach
  void cutAsBefore() {
    TestSpark.cutAt(session, "128m");
  }

  private List<DataFile> files() throws IOException {
    Path parts = Files.createDirectories(folder.resolve("parts"));
    Files.writeString(parts.resolve("a.csv"), SparkReaderTest.lines(1, 900));
    Files.writeString(parts.resolve("b.csv"), SparkReaderTest.lines(2, 700));
    return DataFiles.of(List.of(parts), System.in);
  }

  private static SomeUsers some(List<DataFile> files, long users, long seed) {
    Parts parts =
        new SparkReader(
                session.spark(),
                SparkReaderTest.FORMAT,
                RULES,
                Optional.of(new DriverUsers(users, seed)))
            .parts(files, Progress.none());
    return SomeUsers.of(
        session.spark(),
        parts,
        new DriverUsers(users, seed),
        RULES,
        DataFiles.name(files),
        true,
        Progress.none());
  }

  /** Everything that is known of a user, in words. */
  private static Map<String, List<String>> told(Interactions data) {
    Map<String, List<String>> told = new TreeMap<>();
    Histories histories = data.histories();
    for (int u = 0; u < histories.userCount(); u++) {
      List<String> own = new ArrayList<>();
      for (int p = histories.start(u); p < histories.end(u); p++) {
        own.add(
            data.items().get(histories.item(p))
                + " "
                + histories.time(p)
                + " "
                + histories.rating(p)
                + " "
                + histories.count(p)
                + " "
                + histories.again(p));
      }
      told.put(data.users().get(u), own);
    }
    return told;
  }

  @Test
  void some_areAsAmongAll_andOfAllIsKnownWhoTouchedWhat() throws IOException {
    List<DataFile> files = files();
    Interactions all = new InteractionReader(SparkReaderTest.FORMAT, RULES).read(files);
    Set<String> hashes = new HashSet<>();
    for (String cut : List.of("128m", "4k")) {
      TestSpark.cutAt(session, cut);
      SomeUsers some = some(files, 20, 5);
      try (StayingUsers staying = some.staying()) {
        Interactions here = some.interactions();
        int came = here.users().size();
        assertTrue(came > 8 && came < 32, "came: " + came);
        assertTrue(told(all).entrySet().containsAll(told(here).entrySet()));
        assertEquals(all.items().asList(), here.items().asList());
        assertEquals(all.summary(), here.summary());
        assertArrayEquals(all.histories().popularity(), here.histories().popularityOfAll());
        assertEquals(all.users().size() - came, staying.counted().users());
        assertEquals(
            all.histories().size() - here.histories().size(), staying.counted().interactions());
        for (int item = 0; item < all.items().size(); item++) {
          assertEquals(firstAmongOthers(all, here, item), staying.counted().first(item));
        }
        hashes.add(here.sha256());
      }
    }
    assertEquals(1, hashes.size());
    assertTrue(!hashes.contains(all.sha256()));
    try (StayingUsers others = some(files, 20, 6).staying()) {
      assertTrue(!hashes.contains(others.counted().sha256()));
    }
  }

  private static long firstAmongOthers(Interactions all, Interactions here, int item) {
    long first = Long.MAX_VALUE;
    for (int u = 0; u < all.users().size(); u++) {
      if (here.users().row(all.users().get(u)).isEmpty()) {
        for (int p = all.histories().start(u); p < all.histories().end(u); p++) {
          first =
              all.histories().item(p) == item ? Math.min(first, all.histories().time(p)) : first;
        }
      }
    }
    return first;
  }

  @Test
  void others_areEncodedWhereTheyAre_asOnOneMachine() throws IOException {
    List<DataFile> files = files();
    Interactions all = new InteractionReader(SparkReaderTest.FORMAT, RULES).read(files);
    HistoryEncoder encoder = encoder(all.items().size());
    SomeUsers some = some(files, 20, 5);
    Map<String, float[]> vectors = new HashMap<>();
    try (StayingUsers staying = some.staying()) {
      new SparkEncoding(session::spark, () -> Optional.of(staying))
          .encodeElsewhere(
              encoder,
              (ids, block) -> {
                for (int row = 0; row < ids.size(); row++) {
                  vectors.put(
                      ids.get(row),
                      Arrays.copyOfRange(block.values(), row * RANK, (row + 1) * RANK));
                }
              });
    }
    Set<String> others = new TreeSet<>(all.users().asList());
    others.removeAll(some.interactions().users().asList());
    assertEquals(others, new TreeSet<>(vectors.keySet()));
    vectors.forEach(
        (id, vector) ->
            assertArrayEquals(
                encoder.encode(all.histories(), all.users().row(id).orElseThrow()), vector, id));
  }

  private static HistoryEncoder encoder(int items) {
    SplittableRandom random = new SplittableRandom(4);
    float[] factors = new float[items * RANK];
    for (int v = 0; v < factors.length; v++) {
      factors[v] = random.nextInt(3) == 0 ? 0f : (float) random.nextDouble();
    }
    float[] gram = new float[RANK * RANK];
    for (int i = 0; i < factors.length; i += RANK) {
      for (int a = 0; a < RANK; a++) {
        for (int b = 0; b < RANK; b++) {
          gram[a * RANK + b] += 0.1f * factors[i + a] * factors[i + b];
        }
      }
    }
    return new HistoryEncoder(
        new FactorMatrix(items, RANK, factors),
        new ImplicitFoldIn(RANK, gram, 0.01f, 9f, 48),
        new HistoryWeighting(0.2, 30, CellValues.ONE));
  }

  @Test
  void factors_areThoseOfTheOthersAlone() throws IOException {
    SomeUsers some = some(files(), 20, 5);
    ImplicitAlsOptions options =
        ImplicitAlsOptions.defaults().with().rank(RANK).sweeps(4).innerSweeps(50).build();
    KeptFactors kept =
        new KeptFactors(
            () -> session.spark().sparkContext().hadoopConfiguration(),
            Session.uri(folder.resolve("kept")));
    try (Workers workers = new Workers(2);
        StayingUsers staying = some.staying()) {
      SparseMatrix matrix = matrix(staying, some.interactions().items().size());
      ImplicitAls own = new ImplicitAls(options, workers);
      SparseMatrix drawn = some.interactions().histories().toMatrix();
      MllibAls ofOthers = new MllibAls(session::spark, kept, () -> Optional.of(staying));
      FactorResult result = ofOthers.factorise(Stage.FIT, own, drawn, Progress.none());
      assertTrue(result.ofOthers());
      assertEquals(0, result.factors().rows().length);
      Factors expected =
          new MllibAls(session::spark, kept, Optional::empty)
              .fit(options, options.sweeps(), matrix, Progress.none())
              .byItems();
      assertArrayEquals(expected.columns(), result.factors().columns(), 1e-4);

      // Nothing is learned twice, and a driver that was killed goes on behind it.
      FactorResult refit = ofOthers.factorise(Stage.REFIT, own, drawn, Progress.none());
      assertArrayEquals(result.factors().columns(), refit.factors().columns());
      MllibAls again =
          new MllibAls(
              () -> {
                throw new AssertionError("asked Spark");
              },
              kept,
              () -> Optional.of(staying));
      assertArrayEquals(
          result.factors().columns(),
          again.factorise(Stage.FIT, own, drawn, Progress.none()).factors().columns());
    }
  }

  /** The ones that were collected, rows in their order. */
  private static SparseMatrix matrix(StayingUsers staying, int items) {
    Map<Integer, Set<Integer>> rows = new TreeMap<>();
    for (Row row : staying.ratings().collect()) {
      assertEquals(1f, row.getFloat(2));
      assertTrue(rows.computeIfAbsent(row.getInt(0), r -> new TreeSet<>()).add(row.getInt(1)));
    }
    assertEquals(staying.counted().users(), rows.size());
    int[] starts = new int[rows.size() + 1];
    int[] columns = new int[Math.toIntExact(staying.counted().interactions())];
    int size = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (int item : rows.get(row)) {
        columns[size++] = item;
      }
      starts[row + 1] = size;
    }
    float[] ones = new float[size];
    Arrays.fill(ones, 1f);
    return new SparseMatrix(items, starts, columns, ones);
  }

  @Test
  void waves_holdNoMoreThanTheyMay_inOrder() {
    JavaRDD<Integer> partitions =
        JavaSparkContext.fromSparkContext(session.spark().sparkContext())
            .parallelize(List.of(0, 1, 2, 3, 4, 5), 6);
    List<Integer> all = new ArrayList<>();
    new Waves<>(partitions, new long[] {1, 5, 1, 1, 1, 9}, 3).forEachRemaining(all::add);
    assertEquals(List.of(0, 1, 2, 3, 4, 5), all);
    Waves<Integer> two = Waves.of(partitions, 4);
    int jobs = session.spark().sparkContext().dagScheduler().numTotalJobs();
    two.forEachRemaining(n -> {});
    assertEquals(jobs + 2, session.spark().sparkContext().dagScheduler().numTotalJobs());
  }

  @Test
  void tooFewLinesOrUsers_areToldAsTheyAre() throws IOException {
    Path below = folder.resolve("below.csv");
    Files.writeString(below, "at,user,item,stars\n1600000000,u1,i1,-3\n1600000000,u2,i2,-1\n");
    List<DataFile> files = DataFiles.of(List.of(below), System.in);
    UserError here =
        assertThrows(
            UserError.class,
            () -> new InteractionReader(SparkReaderTest.FORMAT, RULES).read(files));
    UserError there = assertThrows(UserError.class, () -> some(files, 9, 5));
    assertEquals(here.getMessage(), there.getMessage());

    Path few = folder.resolve("few.csv");
    Files.writeString(few, "at,user,item,stars\n1600000000,u1,i1,3\n1600000000,u2,i2,1\n");
    UserError two =
        assertThrows(UserError.class, () -> some(DataFiles.of(List.of(few), System.in), 1, 5));
    assertEquals(
        few + " has 2 users, too few to leave some on executors; leave --driver-users out",
        two.getMessage());
  }

  @Test
  void tooManyOrNobody_isRefused() throws IOException {
    List<DataFile> files = files();
    int all = new InteractionReader(SparkReaderTest.FORMAT, RULES).read(files).users().size();
    UserError many = assertThrows(UserError.class, () -> some(files, all / 2 + 1, 5));
    assertEquals(
        "--driver-users "
            + (all / 2 + 1)
            + " of "
            + all
            + " users leaves too few to learn factors from; take "
            + all / 2
            + " or fewer, or leave it out, and factors are learned from all",
        many.getMessage());
    long seed = 0;
    while (true) {
      try {
        some(files, 1, seed).staying().close();
        seed++;
      } catch (UserError nobody) {
        assertTrue(
            nobody
                .getMessage()
                .endsWith("none of its " + all + " users was drawn; take a larger --driver-users"),
            nobody::getMessage);
        break;
      }
    }
  }
}
