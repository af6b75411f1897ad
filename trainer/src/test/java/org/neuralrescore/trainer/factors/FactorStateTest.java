// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

class FactorStateTest {
  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults().withRank(6).withSweeps(9).withSeed(11);

  private static SparseMatrix touched(int users, int items, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] starts = new int[users + 1];
    List<Integer> columns = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (random.nextInt(8) == 0) {
          columns.add(i);
        }
      }
      starts[u + 1] = columns.size();
    }
    float[] ones = new float[columns.size()];
    Arrays.fill(ones, 1f);
    return new SparseMatrix(
        items, starts, columns.stream().mapToInt(Integer::intValue).toArray(), ones);
  }

  @Test
  void advance_inPieces_givesTheBitsOfOneRun() {
    SparseMatrix weights = touched(90, 40, 3);
    try (Workers workers = new Workers(2)) {
      ImplicitAls als = new ImplicitAls(OPTIONS, workers);
      FactorResult whole = als.fit(weights, Progress.none());
      FactorState state = als.begin(weights);
      for (int sweeps : new int[] {0, 2, 3, 9}) {
        state = als.advance(weights, state, sweeps, SweepListener.none(), Progress.none());
        assertEquals(sweeps, state.sweeps());
      }
      assertArrayEquals(whole.factors().columns(), state.factors().byShare().columns());
      assertArrayEquals(whole.factors().rows(), state.factors().byShare().rows());
      assertEquals(whole.objective(), state.objective());
    }
  }

  @Test
  void advance_leavesItsStartAsItWas() {
    SparseMatrix weights = touched(30, 20, 4);
    try (Workers workers = new Workers(1)) {
      ImplicitAls als = new ImplicitAls(OPTIONS, workers);
      FactorState start = als.begin(weights);
      double[] before = start.factors().columns().clone();
      als.advance(weights, start, 2, SweepListener.none(), Progress.none());
      assertArrayEquals(before, start.factors().columns());
      assertEquals(0, start.sweeps());
    }
  }

  @Test
  void advance_tellsEverySweepOnce_withItsLoss() {
    SparseMatrix weights = touched(30, 20, 4);
    try (Workers workers = new Workers(1)) {
      ImplicitAls als = new ImplicitAls(OPTIONS, workers);
      List<Integer> heard = new ArrayList<>();
      FactorState end =
          als.advance(
              weights, als.begin(weights), 5, state -> heard.add(state.sweeps()), Progress.none());
      assertEquals(List.of(1, 2, 3, 4, 5), heard);
      for (int s = 1; s < 5; s++) {
        assertTrue(end.objective().get(s) <= end.objective().get(s - 1) * (1 + 1e-12));
      }
    }
  }

  @Test
  void advance_fromFactorsOfAnotherShape_saysBothShapes() {
    SparseMatrix weights = touched(30, 20, 4);
    try (Workers workers = new Workers(1)) {
      ImplicitAls als = new ImplicitAls(OPTIONS, workers);
      FactorState other =
          new FactorState(new Factors(6, new double[30 * 6], new double[19 * 6]), List.of());
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> als.advance(weights, other, 1, SweepListener.none(), Progress.none()))
              .getMessage();
      assertTrue(message.contains("30 x 20") && message.contains("114"), message);
    }
  }
}
