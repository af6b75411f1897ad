// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

class ContentTrainingTest {
  private static final int ITEMS = 600;
  private static final int RANK = 3;
  private static final int WIDTH = 6;
  private static final Ids IDS = new Ids(IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList());

  private final float[] truth = new float[ITEMS * RANK];
  private final ItemContent content;

  /** Factors are a clipped linear map of content. */
  ContentTrainingTest() {
    SplittableRandom random = new SplittableRandom(6);
    double[] map = random.doubles(WIDTH * RANK, -1, 1).toArray();
    Map<String, float[]> vectors = new HashMap<>();
    for (int i = 0; i < ITEMS; i++) {
      float[] vector = new float[WIDTH];
      for (int w = 0; w < WIDTH; w++) {
        vector[w] = (float) random.nextGaussian();
        for (int f = 0; f < RANK; f++) {
          truth[i * RANK + f] += (float) (vector[w] * map[w * RANK + f]);
        }
      }
      vectors.put("i" + i, vector);
    }
    for (int i = 0; i < truth.length; i++) {
      truth[i] = Math.max(0, truth[i]);
    }
    content = ItemContent.of(IDS, WIDTH, vectors);
  }

  /** Every sixth item is cold: no interactions, no factors. */
  private static int[] interactions() {
    return IntStream.range(0, ITEMS).map(i -> i % 6 == 0 ? 0 : 10).toArray();
  }

  private FactorMatrix factors() {
    float[] values = truth.clone();
    for (int i = 0; i < ITEMS; i += 6) {
      Arrays.fill(values, i * RANK, (i + 1) * RANK, 0);
    }
    return new FactorMatrix(ITEMS, RANK, values);
  }

  private ContentTraining.Result train(int threads) {
    try (Workers workers = new Workers(threads)) {
      ContentOptions options = new ContentOptions(List.of(32), 200, 20, 5e-3, 0, 64, 2);
      return new ContentTraining(options, workers, 1)
          .train(factors(), content, interactions(), Progress.none());
    }
  }

  @Test
  void start_ofColdItems_comesNearTheirTrueFactors() {
    ContentTraining.Result result = train(2);
    FactorMatrix started = result.network().start(factors(), content, interactions(), 0);

    double error = 0;
    double zeros = 0;
    for (int i = 0; i < ITEMS; i += 6) {
      for (int f = 0; f < RANK; f++) {
        float expected = truth[i * RANK + f];
        error += Math.pow(started.values()[i * RANK + f] - expected, 2);
        zeros += expected * expected;
        assertTrue(started.values()[i * RANK + f] >= 0);
      }
    }
    assertTrue(error < 0.1 * zeros, error + " of " + zeros);
    assertTrue(result.error() < 0.1, "held-out error " + result.error());
  }

  @Test
  void start_ofItemsWithInteractions_movesThemByThePriorsShare() {
    ContentNetwork network = train(1).network();
    FactorMatrix untouched = network.start(factors(), content, interactions(), 0);
    FactorMatrix blended = network.start(factors(), content, interactions(), 10);

    assertEquals(truth[RANK], untouched.values()[RANK]);
    float predicted = network.factors(content.of(1))[0];
    assertEquals((truth[RANK] + predicted) / 2, blended.values()[RANK], 1e-6);
  }

  @Test
  void train_onAnyNumberOfThreads_givesTheSameBits() {
    float[] expected = train(1).network().factors(content.of(0));
    for (int threads : new int[] {2, 4}) {
      assertArrayEquals(expected, train(threads).network().factors(content.of(0)));
    }
  }

  @Test
  void train_whereNoIdsMatch_asksWhetherTheyDo() {
    ItemContent nothing = ItemContent.of(IDS, WIDTH, Map.of());
    try (Workers workers = new Workers(1)) {
      ContentTraining training = new ContentTraining(ContentOptions.defaults(), workers, 1);

      UserError error =
          assertThrows(
              UserError.class,
              () -> training.train(factors(), nothing, interactions(), Progress.none()));
      assertTrue(error.getMessage().contains("got 0"), error.getMessage());
    }
  }

  @Test
  void factors_ofTheWrongWidth_areRefused() {
    ContentNetwork network = train(1).network();

    assertThrows(IllegalArgumentException.class, () -> network.factors(new float[2]));
  }
}
