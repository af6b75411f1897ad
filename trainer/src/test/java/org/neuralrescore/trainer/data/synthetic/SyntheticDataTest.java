// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;

class SyntheticDataTest {
  private static final SyntheticOptions SMALL = new SyntheticOptions(300, 60, 7);

  @TempDir Path directory;

  @Test
  void write_sameSeed_sameBytes_otherSeed_otherBytes() throws Exception {
    SyntheticData.write(directory.resolve("a"), SMALL);
    SyntheticData.write(directory.resolve("b"), SMALL);
    SyntheticData.write(directory.resolve("c"), new SyntheticOptions(300, 60, 8));
    for (String file : List.of("ratings.csv", "movies.csv", "abstracts.json", "README.txt")) {
      String a = Files.readString(directory.resolve("a").resolve(file));
      assertEquals(a, Files.readString(directory.resolve("b").resolve(file)), file);
      assertNotEquals(a, Files.readString(directory.resolve("c").resolve(file)), file);
    }
  }

  @Test
  void write_titlesAreUnique_textsAreThere_andTheReadmeSaysSynthetic() throws Exception {
    SyntheticData.write(directory, SMALL);
    List<CatalogueItem> items =
        CatalogueReader.read(
            CatalogueFormat.movieLens(
                directory.resolve("movies.csv"), Optional.of(directory.resolve("abstracts.json"))));
    assertEquals(300, items.size());
    assertEquals(300, new HashSet<>(items.stream().map(CatalogueItem::title).toList()).size());
    assertTrue(items.stream().allMatch(i -> i.description().length() > 40));
    assertTrue(items.stream().allMatch(i -> i.categories().size() == 2));
    assertTrue(Files.readString(directory.resolve("README.txt")).startsWith("SYNTHETIC"));
  }

  @Test
  void write_peopleWatchWhatTheyLikeInTime_andNothingTwice() throws Exception {
    SyntheticData.write(directory, SMALL);
    Map<String, String> genres = new HashMap<>();
    for (String line : Files.readAllLines(directory.resolve("movies.csv"))) {
      genres.put(line.substring(0, line.indexOf(',')), line.substring(line.lastIndexOf('|') + 1));
    }
    Map<String, Map<String, Integer>> tones = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    HashSet<String> pairs = new HashSet<>();
    List<String> lines = Files.readAllLines(directory.resolve("ratings.csv"));
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = List.of(line.split(",", -1));
      assertTrue(pairs.add(cells.get(0) + ":" + cells.get(1)), "twice: " + line);
      long time = Long.parseLong(cells.get(3));
      assertTrue(time > last.getOrDefault(cells.get(0), 0L), "out of order: " + line);
      last.put(cells.get(0), time);
      tones
          .computeIfAbsent(cells.get(0), u -> new HashMap<>())
          .merge(genres.get(cells.get(1)), 1, Integer::sum);
    }
    double favourite =
        tones.values().stream()
            .mapToDouble(
                t ->
                    (double) t.values().stream().mapToInt(n -> n).max().orElseThrow()
                        / t.values().stream().mapToInt(n -> n).sum())
            .average()
            .orElseThrow();
    // By the planted model four choices of five follow the person's tone; one of six would be
    // chance.
    assertTrue(favourite > 0.6, "share of the favourite tone " + favourite);
  }

  private record Touch(String user, String item, long seconds) {}

  private List<Touch> touches(Habit habit, int items, int users) throws Exception {
    Path folder = directory.resolve(habit.label());
    SyntheticData.write(folder, new SyntheticOptions(items, users, 7, habit));
    assertTrue(Files.readString(folder.resolve("README.txt")).contains(habit.label()));
    return Files.readAllLines(folder.resolve("ratings.csv")).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .map(cells -> new Touch(cells.get(0), cells.get(1), Long.parseLong(cells.get(3))))
        .toList();
  }

  @Test
  void write_repeatBuyers_buyAgain() throws Exception {
    List<Touch> touches = touches(Habit.REPEAT_BUYERS, 300, 200);
    long different = touches.stream().map(t -> t.user() + ":" + t.item()).distinct().count();
    double again = 1 - (double) different / touches.size();
    assertTrue(again > 0.3 && again < 0.6, "bought again " + again);
    assertEquals(200, touches.stream().map(Touch::user).distinct().count());
  }

  @Test
  void write_oneEvening_takesHours_andFollowsPages() throws Exception {
    List<Touch> touches = touches(Habit.ONE_EVENING, 1_000, 100);
    Map<String, List<Touch>> byUser =
        touches.stream().collect(Collectors.groupingBy(Touch::user, Collectors.toList()));
    byUser.forEach(
        (user, all) ->
            assertTrue(
                all.get(all.size() - 1).seconds() - all.get(0).seconds() < 2 * Habit.HOUR, user));
    assertTrue(touches.size() > 100 * 12, "touches " + touches.size());
    assertEquals(
        touches.size(), touches.stream().map(t -> t.user() + ":" + t.item()).distinct().count());
  }

  @Test
  void write_longTail_isThin() throws Exception {
    List<Touch> touches = touches(Habit.LONG_TAIL, 5_000, 1_000);
    long items = touches.stream().map(Touch::item).distinct().count();
    assertTrue(touches.size() < 13 * 1_000, "touches " + touches.size());
    assertTrue(items > 2_500, "items " + items);
  }

  @Test
  void habit_ofAnotherName_namesAll() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Habit.of("shop")).getMessage();
    assertEquals("kind [shop] is none of films, repeat-buyers, one-evening, long-tail", message);
  }

  @Test
  void options_outOfBounds_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SyntheticOptions(5, 100, 1));
    assertThrows(IllegalArgumentException.class, () -> new SyntheticOptions(500, 0, 1));
  }
}
