// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the plain metrics averaged over every order that the ties allow. */
class TieAwareMetricsTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void compute_equalsTheMeanOverAllPermutationsOfTies() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      int n = 2 + random.nextInt(6);
      float[] scores = new float[n];
      for (int i = 0; i < n; i++) {
        scores[i] = random.nextInt(3);
      }
      int targets = 1 + random.nextInt(Math.min(3, n));
      int cutoff = 1 + random.nextInt(n + 1);
      CaseMetrics expected = byEnumeration(scores, targets, cutoff);
      CaseMetrics actual = compute(scores, targets, cutoff);
      String where = "trial " + trial;
      assertEquals(expected.hitRate(), actual.hitRate(), TOLERANCE, where);
      assertEquals(expected.ndcg(), actual.ndcg(), TOLERANCE, where);
      assertEquals(expected.recall(), actual.recall(), TOLERANCE, where);
      assertEquals(expected.reciprocalRank(), actual.reciprocalRank(), TOLERANCE, where);
      assertEquals(expected.averagePrecision(), actual.averagePrecision(), TOLERANCE, where);
    }
  }

  @Test
  void compute_whenEverythingTies_isChance() {
    float[] scores = new float[100];
    assertEquals(0.1, compute(scores, 1, 10).hitRate(), TOLERANCE);
    assertEquals(0.1, compute(scores, 1, 10).recall(), TOLERANCE);
  }

  @Test
  void compute_takesZerosOfBothSignsAsOneScore() {
    CaseMetrics metrics = compute(new float[] {-0f, 0f}, 1, 1);
    assertEquals(0.5, metrics.hitRate(), TOLERANCE);
  }

  /** The first {@code targets} items are the targets. */
  private static CaseMetrics compute(float[] scores, int targets, int cutoff) {
    TieAwareMetrics metrics = new TieAwareMetrics(cutoff, Arrays.copyOf(scores, targets));
    for (float score : scores) {
      metrics.add(score);
    }
    return metrics.compute();
  }

  private static CaseMetrics byEnumeration(float[] scores, int targets, int cutoff) {
    List<double[]> all = new ArrayList<>();
    permute(new ArrayList<>(), new boolean[scores.length], scores, targets, cutoff, all);
    double[] mean = new double[5];
    for (double[] one : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / all.size();
      }
    }
    return new CaseMetrics(mean[0], mean[1], mean[2], mean[3], mean[4]);
  }

  private static void permute(
      List<Integer> order,
      boolean[] used,
      float[] scores,
      int targets,
      int cutoff,
      List<double[]> all) {
    if (order.size() == scores.length) {
      all.add(plain(order, targets, cutoff));
      return;
    }
    for (int i = 0; i < scores.length; i++) {
      boolean falling = order.isEmpty() || scores[i] <= scores[order.get(order.size() - 1)];
      if (!used[i] && falling) {
        used[i] = true;
        order.add(i);
        permute(order, used, scores, targets, cutoff, all);
        order.remove(order.size() - 1);
        used[i] = false;
      }
    }
  }

  private static double[] plain(List<Integer> order, int targets, int cutoff) {
    double hits = 0;
    double dcg = 0;
    double ideal = 0;
    double reciprocal = 0;
    double precision = 0;
    for (int place = 0; place < Math.min(cutoff, order.size()); place++) {
      double discount = 1 / (Math.log(place + 2) / Math.log(2));
      if (order.get(place) < targets) {
        hits++;
        dcg += discount;
        precision += hits / (place + 1);
        reciprocal = reciprocal == 0 ? 1.0 / (place + 1) : reciprocal;
      }
      ideal += place < targets ? discount : 0;
    }
    int reachable = Math.min(targets, cutoff);
    return new double[] {
      hits > 0 ? 1 : 0, dcg / ideal, hits / targets, reciprocal, precision / reachable
    };
  }
}
