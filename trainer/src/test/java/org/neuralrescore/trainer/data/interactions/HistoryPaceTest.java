// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPaceTest {
  @TempDir Path folder;

  /** Users of so many moments, each of so many items, so far apart. */
  private List<HistoryWeighting> weightings(int moments, int items, long seconds)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int user = 0; user < 20; user++) {
      for (int n = 0; n < moments * items; n++) {
        lines.add("u" + user + ",i" + n + ",5," + (1_000_000_000L + n / items * seconds));
      }
    }
    Path file = folder.resolve("data.csv");
    Files.write(file, lines);
    return HistoryPace.weightings(
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(file)
            .histories(),
        CellValues.ONE);
  }

  @Test
  void weightings_followTheMomentsOfPeople() throws IOException {
    assertEquals(
        List.of(HistoryWeighting.uniform(), new HistoryWeighting(0.05, 15)),
        weightings(4, 7, 30 * 86_400L));
    assertEquals(
        List.of(
            HistoryWeighting.uniform(),
            new HistoryWeighting(0.05, 0.00012),
            new HistoryWeighting(0.1, 0.001),
            new HistoryWeighting(0.2, 0.0045)),
        weightings(60, 1, 20));
  }

  @Test
  void weightings_ofOneMoment_areAllAlike() throws IOException {
    assertEquals(List.of(HistoryWeighting.uniform()), weightings(1, 9, 20));
  }
}
