// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.Gram;
import org.neuralrescore.trainer.factors.NonNegativeLeastSquares;
import org.neuralrescore.trainer.factors.PlantedMatrix;

class BlockRowSolverTest {
  private static final SparseMatrix PLANTED = PlantedMatrix.of(150, 90, 4, 0.5, 0.02, 3);
  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults().withRank(10).withSweeps(40).withSeed(5);

  private static FactorResult fit(ImplicitAlsOptions options, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new ImplicitAls(options, workers).fit(PLANTED, Progress.none());
    }
  }

  @Test
  void improve_repeatedOnOneRow_endsAtTheWholeSystemsMinimum() {
    int rank = 10;
    SplittableRandom random = new SplittableRandom(8);
    double[] y = new double[90 * rank];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextDouble();
    }
    double[][] base = new double[rank][rank];
    try (Workers workers = new Workers(1)) {
      double[][] gram = Gram.of(y, rank, workers);
      for (int f = 0; f < rank; f++) {
        Gram.addScaled(base[f], 0.1, gram[f]);
      }
    }
    double[][] q = new double[rank][];
    double[] b = new double[rank];
    for (int f = 0; f < rank; f++) {
      q[f] = base[f].clone();
      q[f][f] += 0.3;
    }
    for (int p = PLANTED.start(7); p < PLANTED.end(7); p++) {
      double[] h = new double[rank];
      System.arraycopy(y, PLANTED.columns()[p] * rank, h, 0, rank);
      Gram.addOuter(q, h, PLANTED.values()[p]);
      Gram.addScaled(b, PLANTED.values()[p], h);
    }
    double[] exact = new double[rank];
    new NonNegativeLeastSquares(rank).solve(q, b, exact, 0, 100_000, 1e-15);
    for (int block : new int[] {1, 3, 4, 10}) {
      double[] x = new double[rank];
      BlockRowSolver solver = new BlockRowSolver(rank, block, 50, 1e-15);
      for (int i = 0; i < 5_000; i++) {
        solver.improve(PLANTED, 7, y, base, 0.3, x, 0);
      }
      assertArrayEquals(exact, x, 1e-8, "block " + block);
    }
  }

  @Test
  void fit_inBlocks_neverRaisesTheObjectiveAndEndsNearTheWholeSolve() {
    List<Double> whole = fit(OPTIONS, 2).objective();
    for (int block : new int[] {1, 4, 7}) {
      List<Double> objective = fit(OPTIONS.withBlock(block), 2).objective();
      for (int sweep = 1; sweep < objective.size(); sweep++) {
        assertTrue(
            objective.get(sweep) <= objective.get(sweep - 1) * (1 + 1e-12), "sweep " + sweep);
      }
      assertEquals(whole.get(39), objective.get(39), 0.02 * whole.get(39), "block " + block);
    }
  }

  @Test
  void fit_inBlocks_givesTheSameBitsOnAnyNumberOfThreads() {
    Factors one = fit(OPTIONS.withBlock(4), 1).factors();
    Factors more = fit(OPTIONS.withBlock(4), 4).factors();
    assertArrayEquals(one.rows(), more.rows(), 0.0);
    assertArrayEquals(one.columns(), more.columns(), 0.0);
  }
}
