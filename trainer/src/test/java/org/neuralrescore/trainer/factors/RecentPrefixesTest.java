// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.SquaredFoldIn;
import org.neuralrescore.trainer.planted.PlantedMoods;

class RecentPrefixesTest {
  private static final int RANK = 6;

  private static FactorMatrix items(int count) {
    Random random = new Random(4);
    float[] values = new float[count * RANK];
    for (int i = 0; i < values.length; i++) {
      // A tenth of the items has no factors.
      values[i] = i / RANK % 10 == 0 || random.nextBoolean() ? 0f : random.nextFloat();
    }
    return new FactorMatrix(count, RANK, values);
  }

  private static List<FoldIn> foldIns(FactorMatrix items) {
    float[] gram = new float[RANK * RANK];
    float[] sums = new float[RANK];
    for (int i = 0; i < items.rows(); i++) {
      for (int f = 0; f < RANK; f++) {
        sums[f] += items.values()[i * RANK + f];
        for (int g = 0; g < RANK; g++) {
          gram[f * RANK + g] += 0.1f * items.values()[i * RANK + f] * items.values()[i * RANK + g];
        }
      }
    }
    return List.of(
        new ImplicitFoldIn(RANK, gram, 0.01f, 20f, 200),
        new SquaredFoldIn(RANK, gram, 0.5f, 0.05f, 200),
        new KullbackLeiblerFoldIn(sums, 0.01f, 0f, 50),
        new NeighbourFoldIn(RANK));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void encode_atEveryPosition_isWhatTheFoldInMakes_whoeverCameBefore(int which) {
    Histories histories = PlantedMoods.interactions(30, 12, 7).histories();
    FactorMatrix items = items(histories.itemCount());
    RecentEncoder encoder =
        new RecentEncoder(
            new HistoryEncoder(items, foldIns(items).get(which), HistoryWeighting.uniform()),
            new RecentItems(4, 0.7f));
    RecentPrefixes walked = new RecentPrefixes(encoder);
    float[] actual = new float[RANK + 1];
    float[] alone = new float[RANK + 1];
    boolean some = false;
    for (int user = 0; user < histories.userCount(); user++) {
      RecentPrefixes fresh = new RecentPrefixes(encoder);
      for (int p = histories.start(user); p < histories.end(user); p++) {
        float[] expected = encoder.encode(histories, user, p);
        walked.encode(histories, user, p, actual, 1);
        fresh.encode(histories, user, p, alone, 1);
        assertArrayEquals(alone, actual, "of user " + user + " at " + p);
        float largest = 0f;
        for (int f = 0; f < RANK; f++) {
          largest = Math.max(largest, expected[f]);
          some |= expected[f] > 0;
        }
        float[] vector = java.util.Arrays.copyOfRange(actual, 1, RANK + 1);
        assertArrayEquals(expected, vector, 5e-3f * largest, "of user " + user + " at " + p);
      }
    }
    assertTrue(some);
  }
}
