// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.planted.PlantedMoods;

class ExampleMakingTest {
  private static final int RANK = 6;

  /** Of every example: the newest three before it, never the item itself or one behind it. */
  @Test
  void of_withARecentVector_encodesWhatCameBeforeTheExample() {
    Histories histories = PlantedMoods.interactions(40, 9, 4).histories();
    try (Workers workers = new Workers(2)) {
      FactorModel model =
          FactorModel.learn(
              histories,
              ImplicitAlsOptions.defaults().withRank(RANK).withSweeps(3),
              24,
              HistoryWeighting.uniform(),
              workers,
              Progress.none());
      PositiveExamples examples =
          ExampleMaking.of(
              model, List.of(), Optional.of(new RecentItems(3, 0.5f)), 1_000, 1, workers);
      assertEquals(40 * 8, examples.size());
      for (int e = 0; e < examples.size(); e++) {
        int user = examples.user(e);
        int position = histories.start(user);
        while (histories.item(position) != examples.item(e)) {
          position++;
        }
        int from = Math.max(histories.start(user), position - 3);
        float[] rows = new float[(position - from) * RANK];
        float[] weights = new float[position - from];
        for (int p = from; p < position; p++) {
          float[] row = model.encoder().items().row(histories.item(p));
          System.arraycopy(row, 0, rows, (p - from) * RANK, RANK);
          weights[p - from] = (float) Math.pow(0.5, position - 1 - p);
        }
        float[] served = model.encoder().foldIn().encode(rows, weights);
        float largest = 0f;
        for (float value : served) {
          largest = Math.max(largest, value);
        }
        assertArrayEquals(
            served,
            Arrays.copyOfRange(examples.recents(), e * RANK, (e + 1) * RANK),
            5e-3f * largest);
      }
      assertEquals(
          0,
          ExampleMaking.of(model, List.of(), Optional.empty(), 1_000, 1, workers).recents().length);
    }
  }
}
