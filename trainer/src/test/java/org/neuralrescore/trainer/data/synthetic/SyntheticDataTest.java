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

  @Test
  void options_outOfBounds_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SyntheticOptions(5, 100, 1));
    assertThrows(IllegalArgumentException.class, () -> new SyntheticOptions(500, 0, 1));
  }
}
