// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.neighbour.ItemWeights;
import org.neuralrescore.trainer.factors.softmax.EvidenceSide;
import org.neuralrescore.trainer.factors.softmax.EvidenceSign;
import org.neuralrescore.trainer.factors.softmax.OfferSide;
import org.neuralrescore.trainer.factors.softmax.ShownItems;
import org.neuralrescore.trainer.factors.softmax.SoftmaxBatch;

/** Divergence from a teacher and its gradients against the definition, in double. */
class TeacherTargetsTest {
  /** More than one block of items. */
  private static final int ITEMS = 277;

  private static final int RANK = 5;
  private static final int ROWS = 7;
  private static final int SPOKEN = 9;
  private static final double TEMPERATURE = 0.3;
  private static final double STEP = 1e-5;

  private final SplittableRandom random = new SplittableRandom(4);
  private final double[][] teacher = new double[ITEMS][ITEMS];
  private final ShownItems[] shown = new ShownItems[ROWS];
  private final double[][] v = new double[ITEMS][RANK];
  private final double[][] u = new double[ITEMS][RANK];

  private ItemWeights weights() {
    int[] starts = new int[ITEMS + 1];
    int[] columns = new int[ITEMS * SPOKEN];
    float[] values = new float[columns.length];
    for (int i = 0; i < ITEMS; i++) {
      int[] of = random.ints(0, ITEMS).distinct().limit(SPOKEN).sorted().toArray();
      for (int at = 0; at < SPOKEN; at++) {
        columns[i * SPOKEN + at] = of[at];
        values[i * SPOKEN + at] = 0.1f + (float) random.nextDouble();
        teacher[i][of[at]] = values[i * SPOKEN + at];
      }
      starts[i + 1] = (i + 1) * SPOKEN;
    }
    return ItemWeights.of(new SparseMatrix(ITEMS, starts, columns, values));
  }

  /** Nothing is left to ask such a person about, so all of it is. */
  @Test
  void ask_ofWhoKnowsEverything_orWhomAllSpeaksAgainst_isADistribution() {
    float[] ones = new float[ITEMS];
    Arrays.fill(ones, 1f);
    int[] all = new int[ITEMS];
    Arrays.setAll(all, i -> i);
    for (ShownItems person :
        new ShownItems[] {
          new ShownItems(all, ones), new ShownItems(new int[] {3}, new float[] {1e6f})
        }) {
      ItemWeights signed = signedWeights();
      for (double[] row : teacher) {
        for (int j = 0; j < ITEMS; j++) {
          row[j] = -Math.abs(row[j]) - 0.1;
        }
      }
      TeacherTargets targets = new TeacherTargets(signed, TEMPERATURE, 1);
      targets.ask(0, person);
      float[] slopes = new float[ITEMS];
      for (int from = 0; from < ITEMS; from += OfferSide.ITEMS_PER_BLOCK) {
        int width = Math.min(OfferSide.ITEMS_PER_BLOCK, ITEMS - from);
        float[] block = new float[OfferSide.ITEMS_PER_BLOCK];
        targets.see(0, from, width, new float[OfferSide.ITEMS_PER_BLOCK]);
        targets.subtract(0, from, width, 1, block);
        System.arraycopy(block, 0, slopes, from, width);
      }
      double sum = 0;
      for (float slope : slopes) {
        assertTrue(slope <= 0, "slope " + slope);
        sum -= slope;
      }
      assertEquals(1, sum, 1e-5);
      assertTrue(Double.isFinite(targets.loss(0, Math.log(ITEMS))));
    }
  }

  /** Of every pair one, half of them below 0. */
  private ItemWeights signedWeights() {
    for (double[] row : teacher) {
      for (int j = 0; j < ITEMS; j++) {
        row[j] = (float) (random.nextDouble() - 0.5);
      }
    }
    return new ItemWeights() {
      @Override
      public int itemCount() {
        return ITEMS;
      }

      @Override
      public boolean knows(int item) {
        return true;
      }

      @Override
      public boolean signed() {
        return true;
      }

      @Override
      public void sum(int[] items, float[] weights, float[] sums) {
        for (int j = 0; j < ITEMS; j++) {
          sums[j] = 0;
          for (int i = 0; i < items.length; i++) {
            sums[j] += (float) (weights[i] * teacher[items[i]][j]);
          }
        }
      }
    };
  }

  private double loss() {
    double loss = 0;
    for (ShownItems of : shown) {
      boolean[] known = new boolean[ITEMS];
      double[] asked = new double[ITEMS];
      double[] x = new double[RANK];
      for (int i = 0; i < of.items().length; i++) {
        known[of.items()[i]] = true;
        for (int j = 0; j < ITEMS; j++) {
          asked[j] += of.weights()[i] * teacher[of.items()[i]][j] / TEMPERATURE;
        }
        for (int f = 0; f < RANK; f++) {
          x[f] += of.weights()[i] * u[of.items()[i]][f];
        }
      }
      double[] answered = new double[ITEMS];
      double ofTeacher = 0;
      double ofStudent = 0;
      for (int j = 0; j < ITEMS; j++) {
        for (int f = 0; f < RANK; f++) {
          answered[j] += x[f] * v[j][f];
        }
        ofTeacher += known[j] ? 0 : Math.exp(asked[j]);
        ofStudent += known[j] ? 0 : Math.exp(answered[j]);
      }
      for (int j = 0; j < ITEMS; j++) {
        if (!known[j]) {
          double p = Math.exp(asked[j]) / ofTeacher;
          loss += p * (Math.log(p) - answered[j] + Math.log(ofStudent));
        }
      }
    }
    return loss / ROWS;
  }

  private double difference(double[] row, int factor) {
    double at = row[factor];
    row[factor] = at + STEP;
    double above = loss();
    row[factor] = at - STEP;
    double below = loss();
    row[factor] = at;
    return (above - below) / (2 * STEP);
  }

  @Test
  void divergenceAndGradients_areThoseOfTheDefinition() {
    divergenceAndGradients(weights(), EvidenceSign.POSITIVE);
  }

  @Test
  void divergenceAndGradients_ofASignedTeacher_areThoseOfTheDefinition() {
    divergenceAndGradients(signedWeights(), EvidenceSign.BOTH);
    double least = 0;
    for (double[] row : u) {
      least = Math.min(least, Arrays.stream(row).min().orElseThrow());
    }
    assertTrue(least < 0, "evidence starts on both sides of 0: " + least);
  }

  private void divergenceAndGradients(ItemWeights teachers, EvidenceSign sign) {
    TeacherTargets targets = new TeacherTargets(teachers, TEMPERATURE, ROWS);
    try (Workers workers = new Workers(2)) {
      OfferSide offers = new OfferSide(ITEMS, RANK, ROWS, 0.99f, workers);
      EvidenceSide evidence = new EvidenceSide(ITEMS, RANK, 0.99f, sign, workers);
      offers.start(0.7, random.split());
      evidence.start(0.7, random.split());
      for (int i = 0; i < ITEMS; i++) {
        for (int f = 0; f < RANK; f++) {
          v[i][f] = offers.get(i, f);
          u[i][f] = evidence.row(i)[f];
        }
      }
      SoftmaxBatch batch = new SoftmaxBatch(ROWS, RANK, targets);
      batch.begin(ROWS);
      for (int b = 0; b < ROWS; b++) {
        int[] items = random.ints(0, ITEMS).distinct().limit(1 + b % 4).toArray();
        float[] weights = new float[items.length];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = 0.2f + (float) random.nextDouble();
        }
        shown[b] = new ShownItems(items, weights);
        targets.ask(b, shown[b]);
        evidence.encode(shown[b], batch.users, b * RANK);
      }
      double loss = offers.forward(batch) / batch.weight();
      offers.backward(batch);
      evidence.backward(shown, batch);

      assertEquals(loss(), loss, 1e-5);
      double largest = 0;
      for (int b = 0; b < ROWS; b++) {
        for (int item : new int[] {shown[b].items()[0], 40 * b, ITEMS - 1 - b}) {
          for (int f = 0; f < RANK; f++) {
            double ofV = difference(v[item], f);
            double ofU = difference(u[item], f);
            assertEquals(ofV, offers.gradient(item, f), 1e-6, "V of item " + item);
            assertEquals(ofU, evidence.gradient(item)[f], 1e-6, "U of item " + item);
            largest = Math.max(largest, Math.abs(ofU));
          }
        }
      }
      assertTrue(largest > 1e-3, "gradients this small would pass by chance: " + largest);
    }
  }
}
