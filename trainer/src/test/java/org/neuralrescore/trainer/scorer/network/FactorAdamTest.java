// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;

class FactorAdamTest {
  @Test
  void step_downwardPastZero_projectsOntoZeroAndLeavesOtherRows() {
    double[] matrix = {0.001, 0.5, 0.2, 0.3};
    FactorAdam adam = new FactorAdam(2, 2, 0.01);
    try (Workers workers = new Workers(1)) {
      adam.step(matrix, new int[] {0, -1}, 2, new double[] {4, 1, 9, 9}, 1, workers);
    }

    assertArrayEquals(new double[] {0, 0.49, 0.2, 0.3}, matrix, 1e-6);
  }

  @Test
  void step_repeated_findsTheNonNegativeMinimum() {
    double[] target = {0.4, -0.3};
    double[] matrix = {0.1, 0.1};
    FactorAdam adam = new FactorAdam(1, 2, 0.01);
    try (Workers workers = new Workers(1)) {
      for (int i = 0; i < 2000; i++) {
        double[] gradient = {matrix[0] - target[0], matrix[1] - target[1]};
        adam.step(matrix, new int[] {0}, 1, gradient, 1, workers);
      }
    }

    assertEquals(0.4, matrix[0], 1e-3);
    assertEquals(0, matrix[1]);
  }

  @Test
  void step_onAnyNumberOfThreads_givesTheSameBits() {
    double[] expected = stepped(1);
    assertTrue(Arrays.stream(expected).allMatch(v -> v >= 0));
    for (int threads : new int[] {2, 4}) {
      assertArrayEquals(expected, stepped(threads), 0.0, threads + " threads");
    }
  }

  private static double[] stepped(int threads) {
    SplittableRandom random = new SplittableRandom(3);
    int rows = 500;
    int slots = 4000;
    double[] matrix = random.doubles(rows * 3L, 0, 1).toArray();
    FactorAdam adam = new FactorAdam(rows, 3, 0.05);
    try (Workers workers = new Workers(threads)) {
      for (int step = 0; step < 5; step++) {
        adam.step(
            matrix,
            random.ints(slots, 0, rows).toArray(),
            slots,
            random.doubles(slots * 3L, -1, 1).toArray(),
            0.01,
            workers);
      }
    }
    return matrix;
  }
}
