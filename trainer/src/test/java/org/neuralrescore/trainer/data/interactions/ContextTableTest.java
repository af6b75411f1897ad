// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.GlobalTime;
import org.neuralrescore.trainer.data.split.LastFraction;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.data.split.UserDisjoint;
import org.neuralrescore.trainer.model.ContextColumn;

class ContextTableTest {
  private static final String HEADER = "userId,movieId,rating,timestamp,country\n";

  /** Thursday, 1970-01-01, 01:00 UTC. */
  private static final long ONE_O_CLOCK = 3_600_000L;

  @TempDir Path folder;

  private static Interactions read(String lines, ReadingRules rules, String... columns) {
    try {
      return new InteractionReader(
              InteractionFormat.movieLensCsv().withContext(List.of(columns)), rules)
          .read(new StringReader(HEADER + lines), "test.csv");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Interactions read(String lines, String... columns) {
    return read(lines, ReadingRules.defaults(), columns);
  }

  private static String refused(String lines, String... columns) {
    UserError error = assertThrows(UserError.class, () -> read(lines, columns));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertFalse(error.getMessage().contains("\n"), error.getMessage());
    return error.getMessage();
  }

  /** The texts of a column by position, {@code -} where there is none. */
  private static List<String> texts(ContextTable context, int rows, int column) {
    return Stream.iterate(0, row -> row < rows, row -> row + 1)
        .map(row -> context.value(column, row).orElse("-"))
        .toList();
  }

  @Test
  void read_keepsTheContextOfEveryInteraction_inTheOrderOfTime() {
    Interactions data = read("a,x,1,20,France\na,y,1,10,Peru\nb,x,1,5,\nb,y,1,6,Peru\n", "country");
    assertEquals(List.of("Peru", "France", "-", "Peru"), texts(data.histories().context(), 4, 0));
  }

  @Test
  void read_ofDuplicates_takesTheContextOfTheKeptLine() {
    String lines = "a,x,1,20,France\na,x,1,10,Peru\nb,y,1,5,Chad\n";
    assertEquals(
        List.of("France", "Chad"), texts(read(lines, "country").histories().context(), 2, 0));
    ReadingRules first = ReadingRules.defaults().withDuplicates(ReadingRules.Duplicates.FIRST);
    Interactions data = read(lines, first, "country");
    assertEquals(List.of("Peru", "Chad"), texts(data.histories().context(), 2, 0));
    assertEquals(
        List.of("Chad", "Peru"), data.histories().context().values(0), "no line left out counts");
  }

  @Test
  void read_makesHourAndWeekdayOfTheTime_inUtc() {
    long friday = 86_400_000L + 23 * ONE_O_CLOCK;
    Interactions data =
        read("a,x,1," + ONE_O_CLOCK + ",\nb,y,1," + friday + ",\n", "weekday", "hour");
    // Small numbers are epoch seconds.
    assertEquals(List.of("weekday", "hour"), data.histories().context().columns());
    assertEquals("thursday", ContextOfTime.value("weekday", ONE_O_CLOCK));
    assertEquals("1", ContextOfTime.value("hour", ONE_O_CLOCK));
    assertEquals("23", ContextOfTime.value("hour", friday));
    assertEquals("friday", ContextOfTime.value("weekday", friday));
    assertEquals("wednesday", ContextOfTime.value("weekday", -1));
    assertEquals("23", ContextOfTime.value("hour", -1));
    for (int p = 0; p < 2; p++) {
      long time = data.histories().time(p);
      assertEquals(
          ContextOfTime.value("hour", time), data.histories().context().value(1, p).orElseThrow());
    }
  }

  @Test
  void read_ofAColumnNamedHour_takesTheColumn() throws IOException {
    Interactions data =
        new InteractionReader(
                InteractionFormat.movieLensCsv().withContext(List.of("hour")),
                ReadingRules.defaults())
            .read(
                new StringReader(
                    "userId,movieId,rating,timestamp,hour\na,x,1,1,late\nb,y,1,2,early\n"),
                "test.csv");
    assertEquals(List.of("late", "early"), texts(data.histories().context(), 2, 0));
  }

  @Test
  void read_ofColumnsThatAreNotThere_saysWhichAndWhatToDo() throws IOException {
    assertTrue(refused("a,x,1,1,F\nb,y,1,1,F\n", "device").contains("no context column [device]"));
    InteractionFormat untimed =
        InteractionFormat.movieLensCsv().withTime(Optional.empty()).withContext(List.of("weekday"));
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                new InteractionReader(untimed, ReadingRules.defaults())
                    .read(new StringReader(HEADER + "a,x,1,1,F\n"), "test.csv"));
    assertTrue(error.getMessage().contains("name a time column"), error.getMessage());
    String endless = refused("a,x,1,1," + "F".repeat(300) + "\nb,y,1,1,F\n", "country");
    assertTrue(endless.contains("256 characters") && endless.length() < 200, endless);
    assertThrows(
        IllegalArgumentException.class,
        () -> InteractionFormat.movieLensCsv().withContext(List.of("a", "a")));
  }

  @Test
  void hash_saysWhatTheContextIs_andIsAsBeforeWithoutColumns() throws IOException {
    String lines = "a,x,1,20,France\nb,y,1,10,Peru\n";
    Interactions plain = read(lines);
    Interactions without =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(
                new StringReader("userId,movieId,rating,timestamp\na,x,1,20\nb,y,1,10\n"),
                "test.csv");
    assertEquals(without.sha256(), plain.sha256());
    // The form from before there was any context, computed by hand.
    assertEquals(
        "bb2d92d64fdc4e0eb66a44e56b46f094e5133f679e144f2fdcc90e36cb6896ad", plain.sha256());
    Interactions with = read(lines, "country");
    assertNotEquals(plain.sha256(), with.sha256());
    assertNotEquals(with.sha256(), read(lines.replace("Peru", "Chad"), "country").sha256());
    assertNotEquals(with.sha256(), read(lines.replace("Peru", ""), "country").sha256());
    assertNotEquals(with.sha256(), read(lines, "country", "hour").sha256());
  }

  @Test
  void snapshot_keepsTheContext_andChecksIt() throws IOException {
    Interactions data = read("a,x,1,20,France\na,y,1,10,\nb,y,1,30,Pérou\n", "country", "weekday");
    Path file = folder.resolve("snapshot");
    InteractionSnapshot.write(file, data);
    Interactions again = InteractionSnapshot.read(file);
    assertEquals(data.sha256(), again.sha256());
    assertEquals(texts(data.histories().context(), 3, 0), texts(again.histories().context(), 3, 0));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(UserError.class, () -> InteractionSnapshot.read(file));
    }
    // The last code stands before the hash and its length.
    whole[whole.length - 67] ^= 1;
    Files.write(file, whole);
    assertThrows(UserError.class, () -> InteractionSnapshot.read(file));
  }

  static Stream<SplitProtocol> protocols() {
    return Stream.of(
        new LeaveLastOut(),
        new LastFraction(0.2),
        new GlobalTime(0.1),
        new UserDisjoint(0.3, 0.7, 1));
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void split_givesCasesTheContextOfTheFirstTarget_andLearnersTheirOwn(SplitProtocol protocol) {
    StringBuilder lines = new StringBuilder();
    for (int u = 0; u < 30; u++) {
      for (int i = 0; i < 10; i++) {
        // The context says whose and which it is.
        lines.append("u%02d,i%d,1,%d,c%02d-%d\n".formatted(u, i, 10 * i + u % 7, u, i));
      }
    }
    Split split = protocol.split(read(lines.toString(), "country"));
    for (Histories part : List.of(split.fit(), split.refit(), split.served())) {
      for (int u = 0; u < part.userCount(); u++) {
        for (int p = part.start(u); p < part.end(u); p++) {
          assertEquals("c%02d-%d".formatted(u, part.item(p)), part.context().value(0, p).get());
        }
      }
    }
    for (EvaluationSet cases : List.of(split.validation(), split.test())) {
      for (int c = 0; c < cases.size(); c++) {
        assertEquals(
            "c%02d-%d".formatted(cases.user(c), cases.targets(c)[0]),
            cases.context().value(0, c).orElseThrow());
      }
      EvaluationSet some = cases.sample(2, new java.util.SplittableRandom(3));
      for (int c = 0; c < some.size(); c++) {
        assertTrue(some.context().value(0, c).get().startsWith("c%02d".formatted(some.user(c))));
      }
    }
  }

  @Test
  void vocabulary_knowsWhatIsThereOftenEnough_theRestIsZeros() {
    StringBuilder lines = new StringBuilder();
    String[] countries = {"Peru", "France", "France", "Peru", "Chad", "", "France"};
    for (int i = 0; i < countries.length; i++) {
      lines.append("a,i%d,1,%d,%s\n".formatted(i, i, countries[i]));
    }
    Interactions data = read(lines + "b,i0,1,1,\n", "country", "weekday");
    ContextTable table = data.histories().context();
    List<ContextColumn> vocabulary = table.vocabulary(2);
    assertEquals(
        List.of(
            new ContextColumn("context_0", "country", List.of("France", "Peru")),
            new ContextColumn("context_1", "weekday", List.of("thursday"))),
        vocabulary);
    ContextRows rows = new ContextRows(table, vocabulary);
    assertEquals(3, rows.width());
    assertArrayEquals(new float[] {0, 1, 1}, rows.row(0));
    assertArrayEquals(new float[] {1, 0, 1}, rows.row(1));
    assertArrayEquals(new float[] {0, 0, 1}, rows.row(4), "Chad is too rare");
    assertArrayEquals(new float[] {0, 0, 1}, rows.row(5), "no country");
    // Data without the column, or with other values: what a search would send.
    ContextTable other = read("a,x,1,1,France\nb,y,1,2,Laos\n", "country").histories().context();
    assertArrayEquals(new float[] {1, 0, 0}, new ContextRows(other, vocabulary).row(0));
    assertArrayEquals(new float[] {0, 0, 0}, new ContextRows(other, vocabulary).row(1));
    assertArrayEquals(
        new float[] {0, 0, 0}, new ContextRows(ContextTable.NONE, vocabulary).row(99));
  }

  @Test
  void vocabulary_withoutAValueOrWithTooMany_saysWhatToDo() {
    ContextTable table = read("a,x,1,1,France\nb,y,1,2,Peru\n", "country").histories().context();
    String none = assertThrows(UserError.class, () -> table.vocabulary(2)).getMessage();
    assertTrue(none.contains("[country] has 0 values") && none.contains("lower"), none);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 4097; i++) {
      lines.append("u").append(i % 3).append(",i").append(i).append(",1,1,c").append(i);
      lines.append('\n');
    }
    ContextTable wide = read(lines.toString(), "country").histories().context();
    String many = assertThrows(UserError.class, () -> wide.vocabulary(1)).getMessage();
    assertTrue(many.contains("4097 values") && many.contains("raise"), many);
  }

  @Test
  void orElse_ofHistories_takesTheContextAlong() {
    Interactions data =
        read("a,x,1,1,France\na,y,1,2,Peru\nb,x,1,3,Chad\nb,y,1,4,Laos\n", "country");
    Histories all = data.histories();
    Histories some = all.select(new boolean[] {false, true, false, false});
    Histories both = some.orElse(all);
    assertEquals(List.of("Peru", "Chad", "Laos"), texts(both.context(), 3, 0));
    assertEquals(all.maxRating(), both.maxRating());
  }
}
