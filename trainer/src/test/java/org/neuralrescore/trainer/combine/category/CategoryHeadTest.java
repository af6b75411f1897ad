// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.scorer.network.DecayingAdam;

class CategoryHeadTest {
  private static final int ITEMS = 400;
  private static final int RANK = 4;

  /** Every fifth item is asked about and not learned from. */
  private static boolean isAsked(int item) {
    return item % 5 == 0;
  }

  /** The share of right answers after 200 steps; item i is of category i modulo 4. */
  private static double accuracy(FactorMatrix matrix) {
    double[] items = matrix.toDoubles();
    CategoryHead head =
        new CategoryHead(
            RANK, List.of(16), 4, CategoryHead.scaleOf(matrix), new SplittableRandom(1));
    DecayingAdam adam = new DecayingAdam(head.shape(), head.parameters(), 0.01, 0.01);
    CategoryHead.Pass pass = head.pass();
    for (int step = 0; step < 200; step++) {
      head.refresh();
      double[][] gradient = head.shape().zeros();
      for (int i = 0; i < ITEMS; i++) {
        if (!isAsked(i)) {
          pass.add(items, i * RANK, new int[] {i % 4}, 1.0 / ITEMS, gradient, new double[RANK], 0);
        }
      }
      adam.step(head.parameters(), gradient);
    }
    int asked = 0;
    int right = 0;
    for (int i = 0; i < ITEMS; i++) {
      if (isAsked(i)) {
        asked++;
        right += pass.predict(items, i * RANK) == i % 4 ? 1 : 0;
      }
    }
    return right / (double) asked;
  }

  @Test
  void head_onPlantedCategories_findsThem() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[ITEMS * RANK];
    for (int i = 0; i < values.length; i++) {
      double own = i % RANK == i / RANK % 4 ? 1 : 0;
      values[i] = (float) (own + 0.3 * random.nextDouble());
    }
    double accuracy = accuracy(new FactorMatrix(ITEMS, RANK, values));
    assertTrue(accuracy > 0.95, "accuracy " + accuracy);
  }

  @Test
  void head_onNoise_findsNothing() {
    SplittableRandom random = new SplittableRandom(8);
    float[] noise = new float[ITEMS * RANK];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble();
    }
    double accuracy = accuracy(new FactorMatrix(ITEMS, RANK, noise));
    assertTrue(accuracy < 0.45, "accuracy " + accuracy);
  }

  @Test
  void categories_ofUnknownItemsAndRepeats_areLeftOut() {
    ItemCategories categories =
        ItemCategories.of(
            new Ids(List.of("a", "b")),
            Map.of("a", List.of("x", "x", "w"), "elsewhere", List.of("y")));

    assertEquals(List.of("w", "x"), categories.names());
    assertArrayEquals(new int[] {0, 1}, categories.of(0));
    assertArrayEquals(new int[0], categories.of(1));
  }
}
