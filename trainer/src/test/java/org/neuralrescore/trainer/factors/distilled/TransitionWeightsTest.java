// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.QRDecomposition;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.neighbour.DenseItemWeights;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.planted.PlantedSteps;

class TransitionWeightsTest {
  private static final HistoryWeighting WEIGHTING = new HistoryWeighting(0.2, 1);

  private static NeighbourOptions options(double lambda, int items) {
    return new NeighbourOptions(lambda, Integer.MAX_VALUE, items);
  }

  private static DenseItemWeights learn(
      Histories histories, NeighbourOptions options, int threads) {
    try (Workers workers = new Workers(threads)) {
      return TransitionWeights.of(histories, WEIGHTING, options, workers);
    }
  }

  private static Interactions steps(int users) {
    return PlantedLines.read(PlantedSteps.lines(users, 9, 5));
  }

  private static float weight(DenseItemWeights weights, Interactions data, int from, int to) {
    return weights.weight(
        data.items().row("i" + from).orElseThrow(), data.items().row("i" + to).orElseThrow());
  }

  @Test
  void weights_areThoseOfTheRegression_withoutTheDiagonal() {
    Histories histories = PrefixMomentsTest.histories(6);
    DenseItemWeights learned = learn(histories, options(2, 6000), 2);
    int items = histories.itemCount();
    Matrix x = new DenseMatrix(new NaivePrefixes(histories, WEIGHTING).byItem);
    Matrix y = new DenseMatrix(histories.size(), items);
    for (int p = 0; p < histories.size(); p++) {
      y.set(p, histories.item(p), 1);
    }
    Matrix gram = x.transpose().times(x);
    for (int i = 0; i < items; i++) {
      gram.set(i, i, gram.get(i, i) + 2);
    }
    Matrix expected = new QRDecomposition(gram).solve(x.transpose().times(y));
    float least = 0;
    for (int i = 0; i < items; i++) {
      for (int j = 0; j < items; j++) {
        assertEquals(i == j ? 0 : expected.get(i, j), learned.weight(i, j), 1e-6, i + " to " + j);
        least = Math.min(least, learned.weight(i, j));
      }
    }
    assertTrue(least < 0, "some speak against others: " + least);
    assertTrue(learned.signed());
  }

  @Test
  void sum_isOfTheWeights() {
    DenseItemWeights learned = learn(PrefixMomentsTest.histories(6), options(2, 6000), 1);
    float[] sums = new float[learned.itemCount()];
    sums[0] = 9f;
    learned.sum(new int[] {3, 5}, new float[] {1f, 0.5f}, sums);
    for (int j = 0; j < sums.length; j++) {
      assertEquals(learned.weight(3, j) + 0.5f * learned.weight(5, j), sums[j], 1e-6);
    }
  }

  @Test
  void order_isLearned_bothTogetherAreNot() {
    Interactions data = steps(200);
    DenseItemWeights learned = learn(data.histories(), options(5, 6000), 2);
    int forward = 0;
    for (int item = 0; item < PlantedSteps.items(); item++) {
      float next = weight(learned, data, item, PlantedSteps.next(item));
      float before = weight(learned, data, item, PlantedSteps.before(item));
      forward += next > before + 0.3 ? 1 : 0;
    }
    assertTrue(forward > 0.9 * PlantedSteps.items(), "of 60 items " + forward);
  }

  @Test
  void withinOneMoment_noOrderIsLearned() {
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < 20; u++) {
      lines.add("u" + u + ",a,5,1000000000");
      lines.add("u" + u + ",b,5,1000000000");
      lines.add("u" + u + ",c,5,1000100000");
    }
    Histories histories = PlantedLines.read(lines).histories();
    DenseItemWeights learned = learn(histories, options(1, 6000), 1);
    assertEquals(learned.weight(0, 1), learned.weight(1, 0), 1e-6);
    assertTrue(learned.weight(0, 1) > 0.1);
    assertTrue(learned.weight(0, 2) > 0.1);
    assertEquals(0f, learned.weight(2, 0));
  }

  @Test
  void anyNumberOfThreads_givesTheSameBits() {
    Histories histories = steps(80).histories();
    float[] one = all(learn(histories, options(5, 6000), 1));
    for (int threads : new int[] {2, 4}) {
      assertArrayEquals(one, all(learn(histories, options(5, 6000), threads)));
    }
  }

  private static float[] all(DenseItemWeights weights) {
    int n = weights.itemCount();
    float[] all = new float[n * n];
    for (int i = 0; i < n * n; i++) {
      all[i] = weights.weight(i / n, i % n);
    }
    return all;
  }

  @Test
  void itemsBeyondTheMost_areNotKnown() {
    Histories histories = steps(80).histories();
    DenseItemWeights learned = learn(histories, options(5, 7), 2);
    int known = 0;
    for (int item = 0; item < histories.itemCount(); item++) {
      known += learned.knows(item) ? 1 : 0;
    }
    assertEquals(7, known);
    assertEquals(histories.itemCount(), learned.itemCount());
    for (int item = 0; item < histories.itemCount(); item++) {
      if (!learned.knows(item)) {
        assertEquals(0f, learned.weight(0, item));
        assertEquals(0f, learned.weight(item, 0));
        return;
      }
    }
    throw new AssertionError("all items are known");
  }
}
