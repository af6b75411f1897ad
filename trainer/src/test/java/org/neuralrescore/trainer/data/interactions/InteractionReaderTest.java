// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;

class InteractionReaderTest {
  private static final String HEADER = "userId,movieId,rating,timestamp\n";

  @TempDir Path folder;

  private static Interactions read(String text) {
    return read(text, InteractionFormat.movieLensCsv(), ReadingRules.defaults());
  }

  private static Interactions read(String text, InteractionFormat format, ReadingRules rules) {
    try {
      return new InteractionReader(format, rules).read(new StringReader(text), "test.csv");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String refused(String text) {
    return refused(text, InteractionFormat.movieLensCsv(), ReadingRules.defaults());
  }

  private static String refused(String text, InteractionFormat format, ReadingRules rules) {
    UserError error = assertThrows(UserError.class, () -> read(text, format, rules));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertFalse(error.getMessage().contains("\n"), error.getMessage());
    return error.getMessage();
  }

  @Test
  void read_assignsRowsByIdOrder_whateverTheOrderOfLines() {
    Interactions one = read(HEADER + "b,y,1,2\na,x,1,1\nb,x,1,3\n");
    Interactions other = read(HEADER + "a,x,1,1\nb,x,1,3\nb,y,1,2\n");
    assertEquals(List.of("a", "b"), one.users().asList());
    assertEquals(List.of("x", "y"), one.items().asList());
    assertEquals(one.sha256(), other.sha256());
  }

  @Test
  void read_ordersHistoriesByTimeThenLine() {
    Interactions data = read(HEADER + "u,c,1,9\nu,b,1,5\nu,a,1,9\nv,a,1,1\n");
    Histories histories = data.histories();
    assertEquals("b", data.items().get(histories.item(0)));
    assertEquals("c", data.items().get(histories.item(1)));
    assertEquals("a", data.items().get(histories.item(2)));
    assertEquals(1, data.summary().clockDisorder());
  }

  @Test
  void read_ordersEqualTimesByItem_whereAsked() {
    ReadingRules rules = ReadingRules.defaults().withTies(ReadingRules.Ties.ITEM_ID);
    Interactions data =
        read(
            HEADER + "u,c,1,9\nu,b,1,10\nu,a,1,9\nv,a,1,1\n",
            InteractionFormat.movieLensCsv(),
            rules);
    assertEquals("a", data.items().get(data.histories().item(0)));
    assertEquals("c", data.items().get(data.histories().item(1)));
    assertEquals("b", data.items().get(data.histories().item(2)));
  }

  /** 3.3 as a float is a little less than 3.3 as a double. */
  @ParameterizedTest
  @ValueSource(strings = {"0.7", "3.3", "4.6", "2.5", "4"})
  void read_keepsARatingThatIsTheThreshold(String rating) {
    Interactions data =
        read(
            HEADER + "u,a," + rating + ",1\nu,b,0.1,2\nv,b,5,1\n",
            InteractionFormat.movieLensCsv(),
            ReadingRules.defaults().withMinRating(Double.parseDouble(rating)));
    assertEquals(1, data.summary().belowThreshold());
    assertEquals(2, data.histories().size());
  }

  @Test
  void read_mergesDuplicates_keepingTheLatestAndTheirNumber() {
    String text = HEADER + "u,a,5,1\nu,b,2,2\nu,a,3,3\nv,a,1,1\n";
    Interactions data = read(text);
    assertEquals(3, data.histories().size());
    assertEquals(1, data.summary().duplicates());
    int last = data.histories().end(0) - 1;
    assertEquals("a", data.items().get(data.histories().item(last)));
    assertEquals(3f, data.histories().rating(last));
    assertEquals(3000L, data.histories().time(last));
    assertEquals(2, data.histories().count(last));
  }

  @Test
  void read_mergesDuplicates_keepingTheFirstWhereAsked() {
    ReadingRules rules = ReadingRules.defaults().withDuplicates(ReadingRules.Duplicates.FIRST);
    Interactions data =
        read(
            HEADER + "u,a,5,1\nu,b,2,2\nu,a,3,3\nv,a,1,1\n",
            InteractionFormat.movieLensCsv(),
            rules);
    assertEquals("a", data.items().get(data.histories().item(0)));
    assertEquals(5f, data.histories().rating(0));
    assertEquals(2, data.histories().count(0));
  }

  @Test
  void read_countsWhatItLeavesOut() {
    ReadingRules rules =
        ReadingRules.defaults().withMinRating(3).withBlankIds(ReadingRules.BlankIds.SKIP);
    Interactions data =
        read(
            HEADER + "u,a,5,1\nu,b,2,2\n,b,5,2\nv,b,3,1\nv,b,4,2\n",
            InteractionFormat.movieLensCsv(),
            rules);
    DatasetSummary summary = data.summary();
    assertEquals(5, summary.lines());
    assertEquals(2, summary.interactions());
    assertEquals(1, summary.belowThreshold());
    assertEquals(1, summary.blank());
    assertEquals(1, summary.duplicates());
  }

  @Test
  void read_givesCatalogueItemsARow() {
    ReadingRules rules = ReadingRules.defaults().withCatalogue(List.of("new", "a"));
    Interactions data =
        read(HEADER + "u,a,5,1\nv,b,2,2\n", InteractionFormat.movieLensCsv(), rules);
    assertEquals(List.of("a", "b", "new"), data.items().asList());
    assertEquals(1, data.summary().itemsWithoutInteractions());
    assertEquals(0, data.histories().popularity()[2]);
  }

  @Test
  void read_understandsMovieLensLayouts() {
    Interactions tabs =
        read(
            "1\t10\t3\t881250949\n2\t20\t3\t881250949\n",
            InteractionFormat.movieLens100k(),
            ReadingRules.defaults());
    Interactions colons =
        read(
            "1::10::3::881250949\n2::20::3::881250949\n",
            InteractionFormat.movieLens1m(),
            ReadingRules.defaults());
    assertEquals(List.of("10", "20"), tabs.items().asList());
    assertEquals(tabs.sha256(), colons.sha256());
  }

  @Test
  void forFile_knowsLayoutsByName() {
    assertEquals(
        InteractionFormat.movieLensCsv(), InteractionFormat.forFile(Path.of("x/ratings.csv.gz")));
    assertEquals(
        InteractionFormat.movieLens100k(), InteractionFormat.forFile(Path.of("ml-100k/u.data")));
    assertEquals(
        InteractionFormat.movieLens100k(), InteractionFormat.forFile(Path.of("ml-100k/u1.base")));
    assertEquals(
        InteractionFormat.movieLens1m(), InteractionFormat.forFile(Path.of("ml-1m/ratings.dat")));
    assertEquals("\t", InteractionFormat.forFile(Path.of("o.tsv.gz")).delimiter());
  }

  @Test
  void read_takesQuotesInTabSeparatedFilesAsText() {
    InteractionFormat format =
        InteractionFormat.movieLensCsv()
            .withDelimiter("\t")
            .withIds("who", "what")
            .withRating(Optional.empty())
            .withTime(Optional.of("when"));
    Interactions data =
        read(
            "who\twhat\twhen\nu\tFRAME 7\" \t2010-12-01T08:26:00.000Z\nv\t\"B\" SIGN\t2010-12-02\n",
            format,
            ReadingRules.defaults());
    assertEquals(List.of("\"B\" SIGN", "FRAME 7\""), data.items().asList());
    assertEquals("2010-12-01T08:26:00Z", data.summary().first().orElseThrow().toString());
  }

  @Test
  void read_unquotesCommaSeparatedFields_andDropsAByteOrderMark() {
    Interactions data = read("\uFEFF" + HEADER + "u,\"a, b\",1,1\nv,c,1,1\n");
    assertEquals(List.of("a, b", "c"), data.items().asList());
  }

  @Test
  void read_withoutTimes_takesTheOrderOfLines() {
    InteractionFormat format = InteractionFormat.movieLensCsv().withTime(Optional.empty());
    Interactions data =
        read(HEADER + "u,z,1,9\nu,a,1,1\nv,a,1,1\n", format, ReadingRules.defaults());
    assertEquals("z", data.items().get(data.histories().item(0)));
    assertFalse(data.timed());
  }

  @Test
  void sha256_changesWithAnyContent() {
    String hash = read(HEADER + "u,a,5,1\nv,b,2,2\n").sha256();
    assertNotEquals(hash, read(HEADER + "u,a,5,1\nv,b,2,3\n").sha256());
    assertNotEquals(hash, read(HEADER + "u,a,4,1\nv,b,2,2\n").sha256());
    assertNotEquals(hash, read(HEADER + "u,b,5,1\nv,a,2,2\n").sha256());
    assertTrue(hash.matches("[0-9a-f]{64}"));
  }

  @Test
  void read_whenFileMissing_namesIt() {
    Path missing = folder.resolve("none.csv");
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
                    .read(missing));
    assertTrue(error.getMessage().contains(missing + ": no such file"), error.getMessage());
  }

  @Test
  void read_throughGzip() throws IOException {
    Path file = folder.resolve("ratings.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((HEADER + "u,a,5,1\nv,b,2,2\n").getBytes(StandardCharsets.UTF_8));
    }
    InteractionReader reader =
        new InteractionReader(InteractionFormat.forFile(file), ReadingRules.defaults());
    assertEquals(2, reader.read(file).histories().size());
    Files.writeString(file, HEADER);
    UserError error = assertThrows(UserError.class, () -> reader.read(file));
    assertTrue(error.getMessage().contains("is no gzip file"), error.getMessage());
  }

  @Test
  void read_whenNotUtf8_saysSo() throws IOException {
    Path file = folder.resolve("ratings.csv");
    Files.write(file, (HEADER + "u,\u00e9,5,1\n").getBytes(StandardCharsets.ISO_8859_1));
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                new InteractionReader(InteractionFormat.forFile(file), ReadingRules.defaults())
                    .read(file));
    assertTrue(error.getMessage().contains("is not UTF-8"), error.getMessage());
  }

  @Test
  void read_whenColumnMissing_listsThoseThereAre() {
    String message = refused("user,movieId,rating,timestamp\n1,2,3,4\n");
    assertTrue(message.contains("no user column [userId]"), message);
    assertTrue(message.contains("user, movieId, rating, timestamp"), message);
  }

  @Test
  void read_whenRatingIsNoNumber_namesLineColumnAndValue() {
    String message = refused(HEADER + "u,a,5,1\nv,b,good,2\n");
    assertTrue(message.contains("test.csv line 3 column [rating] value [good]"), message);
    assertTrue(refused(HEADER + "u,a,NaN,1\n").contains("value [NaN]"));
  }

  @Test
  void read_whenTimeIsNoTime_namesLineColumnAndValue() {
    String message = refused(HEADER + "u,a,5,yesterday\n");
    assertTrue(message.contains("line 2 column [timestamp] value [yesterday]"), message);
  }

  @Test
  void read_whenLineIsShort_namesItsFields() {
    String message = refused(HEADER + "u,a,5\n");
    assertTrue(message.contains("line 2 has 3 fields, expected 4"), message);
  }

  @Test
  void read_whenIdIsBlank_refusesUnlessToldToSkip() {
    String message = refused(HEADER + "u,,5,1\n");
    assertTrue(message.contains("line 2 column [movieId] value [] is blank"), message);
  }

  @Test
  void read_whenEmpty_saysWhatWasExpected() {
    assertTrue(refused("").contains("is empty"));
    assertTrue(refused(HEADER).contains("has no interaction"));
    String message =
        refused(
            HEADER + "u,a,1,1\n",
            InteractionFormat.movieLensCsv(),
            ReadingRules.defaults().withMinRating(4));
    assertTrue(message.contains("all 1 are below"), message);
  }

  @Test
  void read_whenOneUserOrOneItem_refuses() {
    assertTrue(refused(HEADER + "u,a,1,1\nu,b,1,1\n").contains("one user only, [u]"));
    assertTrue(refused(HEADER + "u,a,1,1\nv,a,1,1\n").contains("one item only, [a]"));
  }

  @Test
  void read_whenLineIsLong_refuses_forADecimalCommaMovesEveryColumn() {
    String message = refused(HEADER + "u1,i1,4,5,1600000000\n");
    assertTrue(message.contains("line 2 has 5 fields, expected 4"), message);
  }

  @Test
  void read_whenFirstLineIsData_namesHeader() {
    String message = refused("1,2,4.0,964982703\n3,4,5.0,964982704\n");
    assertTrue(message.contains("--header"), message);
  }

  @Test
  void read_whenAColumnIsThereTwice_refuses() {
    String message = refused("userId,movieId,rating,timestamp,userId\na,x,1,1,b\n");
    assertTrue(message.contains("two columns named [userId]"), message);
  }

  @Test
  void read_dropsAByteOrderMarkOfAFileWithoutHeader() {
    Interactions data =
        read(
            "\uFEFFa,x\na,y\nb,x\n",
            InteractionFormat.movieLensCsv()
                .withoutHeaderLine(List.of("userId", "movieId"))
                .withRating(Optional.empty())
                .withTime(Optional.empty()),
            ReadingRules.defaults());
    assertEquals(List.of("a", "b"), data.users().asList());
  }

  @Test
  void read_whenUnitsOfTimeAreMixed_refuses() {
    String message = refused(HEADER + "a,x,1,1600000000\na,y,1,1600000000000\nb,x,1,1\n");
    assertTrue(
        message.contains("line 3")
            && message.contains("epoch milliseconds")
            && message.contains("epoch seconds"),
        message);
  }

  @Test
  void read_leavesReturnsOut_unlessAThresholdTakesThemIn() {
    String lines = HEADER + "a,x,2,1\na,y,-1,2\nb,x,1,3\nb,z,0,4\n";
    assertEquals(1, read(lines).summary().belowThreshold());
    Interactions all =
        read(lines, InteractionFormat.movieLensCsv(), ReadingRules.defaults().withMinRating(-5));
    assertEquals(4, all.summary().interactions());
  }

  @Test
  void read_whenRatingIsBeyondEveryScale_refuses() {
    assertTrue(refused(HEADER + "a,x,1e20,1\n").contains("value [1e20]"));
  }

  @Test
  void read_takesDecimalCommas_whereFieldsArePartedOtherwise() {
    Interactions data =
        read(
            "userId;movieId;rating;timestamp\na;x;4,5;1\na;y;3;2\nb;x;1;3\n",
            InteractionFormat.movieLensCsv().withDelimiter(";"),
            ReadingRules.defaults());
    assertEquals(4.5f, data.histories().rating(0));
  }

  @Test
  void read_whenAnIdIsLongerThanElasticsearchTakes_refuses() {
    String message = refused(HEADER + "a," + "\u00fc".repeat(257) + ",1,1\n");
    assertTrue(message.contains("514 bytes") && message.contains("512"), message);
  }

  @Test
  void read_withoutTimes_tellsSortedLinesFromOthers() {
    InteractionFormat format = InteractionFormat.movieLensCsv().withTime(Optional.empty());
    StringBuilder sorted = new StringBuilder(HEADER);
    StringBuilder mixed = new StringBuilder(HEADER);
    for (int user = 0; user < 5; user++) {
      for (int i = 0; i < 12; i++) {
        sorted.append(user).append(',').append(i).append(",1,0\n");
        mixed.append(user).append(',').append(i * 7 % 12).append(",1,0\n");
      }
    }
    assertEquals(
        DatasetSummary.Order.SORTED_LINES,
        read(sorted.toString(), format, ReadingRules.defaults()).summary().ordered());
    assertEquals(
        DatasetSummary.Order.LINES,
        read(mixed.toString(), format, ReadingRules.defaults()).summary().ordered());
    // Without times everything is at one time, and a rule may sort that by item.
    assertEquals(
        DatasetSummary.Order.SORTED_LINES,
        read(mixed.toString(), format, ReadingRules.defaults().withTies(ReadingRules.Ties.ITEM_ID))
            .summary()
            .ordered());
    assertEquals(DatasetSummary.Order.TIMES, read(sorted.toString()).summary().ordered());
  }
}
