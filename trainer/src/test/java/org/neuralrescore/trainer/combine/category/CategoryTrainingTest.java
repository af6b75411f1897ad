// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.Layer;

class CategoryTrainingTest {
  private static final int ITEMS = 400;
  private static final Ids IDS = new Ids(IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList());

  /**
   * Category c of 4 has factor c large; every tenth item has no factors, every ninth no category.
   */
  private static FactorMatrix factors() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[ITEMS * 4];
    for (int i = 0; i < ITEMS; i++) {
      for (int f = 0; f < 4; f++) {
        double own = f == i % 4 ? 1 : 0;
        values[i * 4 + f] = i % 10 == 0 ? 0 : (float) (own + 0.3 * random.nextDouble());
      }
    }
    return new FactorMatrix(ITEMS, 4, values);
  }

  private static ItemCategories categories() {
    Map<String, List<String>> byId = new HashMap<>();
    for (int i = 0; i < ITEMS; i++) {
      if (i % 9 != 0) {
        byId.put("i" + i, List.of("category " + i % 4));
      }
    }
    return ItemCategories.of(IDS, byId);
  }

  private static CategoryTraining.Result train(FactorMatrix factors, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new CategoryTraining(CategoryOptions.defaults(), workers, 1)
          .train(factors, categories());
    }
  }

  @Test
  void train_onPlantedCategories_findsThem() {
    CategoryReport report = train(factors(), 2).report();

    assertTrue(report.accuracy() > 0.95, report.toString());
    assertTrue(report.majority() < 0.5, report.toString());
  }

  @Test
  void train_onNoise_isNoBetterThanTheMajority() {
    SplittableRandom random = new SplittableRandom(8);
    float[] noise = new float[ITEMS * 4];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble();
    }
    CategoryReport report = train(new FactorMatrix(ITEMS, 4, noise), 2).report();

    assertTrue(report.accuracy() < 0.45, report.toString());
  }

  @Test
  void train_onAnyNumberOfThreads_givesTheSameBits() {
    CategoryTraining.Result expected = train(factors(), 1);
    for (int threads : new int[] {2, 4}) {
      CategoryTraining.Result actual = train(factors(), threads);
      assertArrayEquals(expected.head().parameters(), actual.head().parameters());
      assertEquals(expected.report(), actual.report());
    }
  }

  @Test
  void layers_overUnscaledFactors_predictAsTheHead() {
    FactorMatrix factors = factors();
    CategoryHead head = train(factors, 1).head();
    double[] x = {0.1, 1.2, 0.05, 0.2};
    List<Layer> layers = head.layers();
    float[] hidden = layers.get(0).bias().clone();
    for (int i = 0; i < 4; i++) {
      for (int o = 0; o < hidden.length; o++) {
        hidden[o] += (float) x[i] * layers.get(0).weights()[i * hidden.length + o];
      }
    }
    float[] logits = layers.get(1).bias().clone();
    for (int h = 0; h < hidden.length; h++) {
      for (int o = 0; o < 4; o++) {
        logits[o] += Math.max(0, hidden[h]) * layers.get(1).weights()[h * 4 + o];
      }
    }

    int best = IntStream.range(0, 4).reduce((a, b) -> logits[b] > logits[a] ? b : a).orElseThrow();
    assertEquals(head.pass().predict(x, 0), best);
    assertEquals(1, best);
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

  @Test
  void train_onTooFewItems_isRefused() {
    try (Workers workers = new Workers(1)) {
      CategoryTraining training = new CategoryTraining(CategoryOptions.defaults(), workers, 1);
      FactorMatrix zeros = new FactorMatrix(ITEMS, 4, new float[ITEMS * 4]);

      assertThrows(IllegalArgumentException.class, () -> training.train(zeros, categories()));
    }
  }
}
