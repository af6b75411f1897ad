// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.ItemsWithoutUser;
import org.neuralrescore.trainer.factors.PlantedMatrix;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.factors.neighbour.NeighbourWeights;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.neuralrescore.trainer.planted.PlantedTastes;

class NeighbourSolverTest {
  private static final int GROUPS = 4;
  private static final int ITEMS = 60;
  private static final SparseMatrix PLANTED = PlantedMatrix.of(200, ITEMS, GROUPS, 0.5, 0.01, 3);
  private static final NeighbourOptions NEIGHBOURS = new NeighbourOptions(5, 20, 6000);

  private static FactorSolver solver(int sweeps, Workers workers) {
    return WeightFactorOptions.defaults()
        .withNeighbours(NEIGHBOURS)
        .with(GROUPS, sweeps, 5)
        .solver(workers);
  }

  @Test
  void objective_isTheErrorOffTheDiagonal_ofWeightsByWhatIsKnown() {
    try (Workers workers = new Workers(2)) {
      FactorSolver solver = solver(30, workers);
      FactorState end =
          solver.advance(PLANTED, solver.begin(PLANTED), 30, SweepListener.none(), Progress.none());
      NeighbourWeights weights = NeighbourWeights.of(PLANTED, NEIGHBOURS, workers);
      double error = 0;
      double all = 0;
      for (int i = 0; i < ITEMS; i++) {
        double[] row = new double[ITEMS];
        SparseMatrix b = weights.weights();
        for (int p = b.start(i); p < b.end(i); p++) {
          row[b.columns()[p]] = b.values()[p] * Math.sqrt(weights.mass()[i]);
        }
        for (int j = 0; j < ITEMS; j++) {
          double predicted = 0;
          for (int f = 0; f < GROUPS; f++) {
            predicted +=
                end.factors().rows()[i * GROUPS + f] * end.factors().columns()[j * GROUPS + f];
          }
          error += i == j ? 0 : (row[j] - predicted) * (row[j] - predicted) / 2;
          all += row[j] * row[j] / 2;
        }
      }
      double last = end.objective().get(end.objective().size() - 1);
      assertEquals(error, last, 0.01 * error, "the free diagonal adds next to nothing at the end");
      assertTrue(error < 0.5 * all, "four planted groups explain most: " + error + " of " + all);
    }
  }

  @Test
  void score_isTheFactoredWeightFromEachItemOfTheHistory() {
    try (Workers workers = new Workers(1)) {
      FactorSolver solver = solver(30, workers);
      Factors factors = solver.fit(PLANTED, Progress.none()).factors();
      FactorMatrix items = solver.served(factors);
      assertEquals(2 * GROUPS, items.rank());
      double[] mass = NeighbourWeights.of(PLANTED, NEIGHBOURS, workers).mass();
      FoldIn foldIn = solver.foldIn(items, EncoderOptions.defaults());
      float[] rows = Arrays.copyOf(items.values(), 3 * 2 * GROUPS);
      float[] user = foldIn.encode(rows, new float[] {1f, 0.5f, 2f});
      for (int f = GROUPS; f < user.length; f++) {
        assertEquals(0f, user[f]);
      }
      double[] weights = {1, 0.5, 2};
      for (int j = 0; j < ITEMS; j++) {
        double expected = 0;
        for (int i = 0; i < 3; i++) {
          for (int f = 0; f < GROUPS; f++) {
            expected +=
                weights[i]
                    * factors.rows()[i * GROUPS + f]
                    / Math.sqrt(mass[i])
                    * factors.columns()[j * GROUPS + f];
          }
        }
        double score = 0;
        for (int f = 0; f < user.length; f++) {
          score += user[f] * items.values()[j * user.length + f];
        }
        assertEquals(expected, score, 1e-5 * Math.max(1, expected));
      }
    }
  }

  @Test
  void plantedGroups_areFoundByWhoTouchesThem() {
    try (Workers workers = new Workers(2)) {
      FactorSolver solver = solver(30, workers);
      FactorMatrix items = solver.served(solver.fit(PLANTED, Progress.none()).factors());
      FoldIn foldIn = solver.foldIn(items, EncoderOptions.defaults());
      int right = 0;
      for (int item = 0; item < ITEMS; item++) {
        float[] user = foldIn.encode(items.row(item), new float[] {1f});
        int best = item == 0 ? 1 : 0;
        float bestScore = Float.NEGATIVE_INFINITY;
        for (int other = 0; other < ITEMS; other++) {
          float score = 0f;
          for (int f = 0; f < user.length; f++) {
            score += user[f] * items.row(other)[f];
          }
          if (other != item && score > bestScore) {
            bestScore = score;
            best = other;
          }
        }
        right += best % GROUPS == item % GROUPS ? 1 : 0;
      }
      assertTrue(right >= ITEMS * 9 / 10, right + " of " + ITEMS);
    }
  }

  @Test
  void fit_givesTheSameBits_onAnyNumberOfThreads() {
    double[][] items = new double[3][];
    for (int i = 0; i < 3; i++) {
      try (Workers workers = new Workers(1 << i)) {
        items[i] = solver(8, workers).fit(PLANTED, Progress.none()).factors().columns();
      }
    }
    assertArrayEquals(items[0], items[1]);
    assertArrayEquals(items[0], items[2]);
  }

  @Test
  void itemWithoutAUser_offersLessByTheUsersShare() {
    PlantedTastes tastes = new PlantedTastes(3, 60, 20, 8, 1);
    Histories histories = tastes.interactions().histories();
    try (Workers workers = new Workers(1)) {
      LearningRows rows = RowScheme.users().of(histories);
      FactorSolver solver = solver(10, workers);
      Factors factors = solver.fit(rows.matrix(), Progress.none()).factors();
      FactorMatrix items = solver.served(factors);
      ItemsWithoutUser without = solver.itemsWithoutUser(factors, rows).get();
      int[] popularity = histories.popularity();
      int user = 7;
      int item = histories.item(histories.start(user));
      without.select(item);
      double[] row = without.without(user);
      for (int f = 0; f < row.length; f++) {
        double expected = items.row(item)[f] * (1 - 1.0 / popularity[item]);
        assertEquals(expected, row[f], 1e-6);
      }
      int stranger = 0;
      while (touches(histories, stranger, item)) {
        stranger++;
      }
      int other = stranger;
      assertThrows(IllegalArgumentException.class, () -> without.without(other));
    }
  }

  private static boolean touches(Histories histories, int user, int item) {
    for (int p = histories.start(user); p < histories.end(user); p++) {
      if (histories.item(p) == item) {
        return true;
      }
    }
    return false;
  }

  @Test
  void neighbourFoldIn_ofAnOddWidth_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new NeighbourFoldIn(5));
  }
}
