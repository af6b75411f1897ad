// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.planted.PlantedLines;

public class PrefixMomentsTest {
  /** Of some moments one interaction, of others several. */
  public static Histories histories(int moments) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < 12; u++) {
      int[] items = random.ints(0, 14).distinct().limit(1 + random.nextInt(9)).toArray();
      for (int item : items) {
        long time = 1_000_000_000L + 30_000L * random.nextInt(moments);
        lines.add("u" + u + ",i" + item + ",4," + time);
      }
    }
    return PlantedLines.read(lines).histories();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", ".3, 2", ".05, .1"})
  void sumsOfPairs_areThoseOfThePrefixesWrittenOut(double floor, double days) {
    for (int moments : new int[] {1, 4, 1000}) {
      Histories histories = histories(moments);
      HistoryWeighting weighting = new HistoryWeighting(floor, days);
      PrefixMoments learned = new PrefixMoments(histories, weighting);
      double[][] prefixes = new NaivePrefixes(histories, weighting).byPosition;
      double largest = 0;
      for (int u = 0; u < histories.userCount(); u++) {
        for (int a = histories.start(u); a < histories.end(u); a++) {
          for (int b = histories.start(u); b < histories.end(u); b++) {
            assertEquals(prefixes[a][b] > 0, learned.holds(a, b));
            if (learned.holds(a, b)) {
              assertEquals(prefixes[a][b], learned.weight(a, b), 1e-6);
            }
            double sum = 0;
            for (double[] prefix : prefixes) {
              sum += prefix[a] * prefix[b];
            }
            assertEquals(sum, learned.product(a, b), 1e-9 * (1 + sum), a + " and " + b);
            largest = Math.max(largest, sum);
          }
        }
      }
      assertTrue(largest > 1, "some pairs are in several prefixes: " + largest);
    }
  }

  @Test
  void pairOfLongAgo_keepsWhatIsLeftOfIt() {
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int day : new int[] {1, 51, 52, 1001}) {
      lines.add("u,i" + day + ",4," + day * 86_400L);
    }
    lines.add("w,i1,4,0");
    Histories histories = PlantedLines.read(lines).histories();
    PrefixMoments moments = new PrefixMoments(histories, new HistoryWeighting(1e-30, 1));

    double sum = Math.exp(-50) + Math.exp(-51) * Math.exp(-1);
    assertEquals(sum, moments.product(0, 1), 1e-6 * sum);
  }
}
