// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.model.NeighbourSums;
import org.neuralrescore.trainer.planted.PlantedLines;

class CrossFittedTest {
  private static final Progress.Task SILENT = Progress.silent();
  private static final HistoryWeighting WEIGHTING = new HistoryWeighting(0.3, 2);
  private static final WideOptions OPTIONS = WideOptions.defaults().withLambda(2).withFolds(3);

  /** Nothing goes with anything. */
  private static Histories random(int users, int items, int each) {
    SplittableRandom random = new SplittableRandom(11);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < users; u++) {
      int n = 0;
      for (int item : random.ints(0, items).distinct().limit(each).toArray()) {
        lines.add("u" + u + ",i" + item + ",5," + (1_000_000_000L + 40_000L * n++));
      }
    }
    return PlantedLines.read(lines).histories();
  }

  @Test
  void read_isWhatTheHistoryBeforeSays_byWeightsOfTheOtherFolds() {
    Histories histories = random(40, 30, 8);
    try (Workers workers = new Workers(2)) {
      CrossFitted.Reader reader =
          CrossFitted.learn(histories, WEIGHTING, OPTIONS.withHistory(5), workers, SILENT).reader();
      ItemNeighbours[] without = new ItemNeighbours[3];
      for (int fold = 0; fold < 3; fold++) {
        boolean[] keep = new boolean[histories.size()];
        for (int user = 0; user < histories.userCount(); user++) {
          Arrays.fill(keep, histories.start(user), histories.end(user), user % 3 != fold);
        }
        without[fold] = LocalRidge.learn(histories.select(keep), WEIGHTING, OPTIONS, workers);
      }
      WideHistories asked = new WideHistories(WEIGHTING, 5);
      float[] actual = new float[3];
      float[] expected = new float[3];
      int told = 0;
      for (int user = 0; user < histories.userCount(); user++) {
        for (int p = histories.start(user) + 1; p < histories.end(user); p++) {
          NeighbourSums sums = new NeighbourSums(without[user % 3].bySpeaker());
          sums.of(asked.before(histories, user, p));
          reader.turn(user, p);
          for (int item = 0; item < histories.itemCount(); item++) {
            reader.read(item, actual, 0);
            sums.copy(item, expected, 0);
            assertArrayEquals(expected, actual);
            told += actual[1] > 0 ? 1 : 0;
          }
        }
      }
      assertTrue(told > 500, "told " + told);
    }
  }

  @Test
  void inRandomData_whatWasTouchedIsToldFromWhatWasNot_byWeightsThatKnowTheUserAlone() {
    Histories histories = random(400, 150, 9);
    HistoryWeighting alike = HistoryWeighting.uniform();
    try (Workers workers = new Workers(2)) {
      CrossFitted.Reader reader =
          CrossFitted.learn(histories, alike, OPTIONS, workers, SILENT).reader();
      ItemNeighbours all = LocalRidge.learn(histories, alike, OPTIONS, workers).bySpeaker();
      WideHistories asked = new WideHistories(alike, 500);
      SplittableRandom random = new SplittableRandom(4);
      int fitted = 0;
      int crossFitted = 0;
      int count = 0;
      float[] told = new float[6];
      for (int user = 0; user < histories.userCount(); user++) {
        for (int p = histories.start(user) + 4; p < histories.end(user); p++) {
          int other = random.nextInt(histories.itemCount());
          if (histories.contains(user, other)) {
            continue;
          }
          count++;
          reader.turn(user, p);
          reader.read(histories.item(p), told, 0);
          reader.read(other, told, 3);
          crossFitted += Float.compare(told[0], told[3]);
          NeighbourSums sums = new NeighbourSums(all);
          sums.of(asked.before(histories, user, p));
          sums.copy(histories.item(p), told, 0);
          sums.copy(other, told, 3);
          fitted += Float.compare(told[0], told[3]);
        }
      }
      // Of fair coins the sum of signs has the deviation sqrt(count).
      double deviation = Math.sqrt(count);
      assertTrue(fitted > 12 * deviation, "the leak that is closed: " + fitted);
      assertTrue(
          Math.abs(crossFitted) < 4 * deviation, crossFitted + " of a deviation " + deviation);
    }
  }
}
