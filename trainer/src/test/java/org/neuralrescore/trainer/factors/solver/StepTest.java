// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** One half-sweep of each solver against its formula, written densely. */
class StepTest {
  private static final int RANK = 3;
  private static final Penalty PENALTY = new Penalty(0.3, 0.7);

  private final SparseMatrix matrix = DenseReference.random(70, 20, 0.4, 21);
  private final double[][] a = DenseReference.dense(matrix);
  private final NmfOptions options = NmfOptions.defaults().withRank(RANK).withSeed(4);

  private NmfState start() {
    try (Workers workers = new Workers(1)) {
      return Start.of(options, matrix, workers);
    }
  }

  private double[] improve(NmfSolver solver, double[] x, double[] y) {
    double[] improved = x.clone();
    try (Workers workers = new Workers(1)) {
      double[] summary = solver.loss().summary(y, RANK, workers);
      solver
          .halfSweep(RANK)
          .improve(new MatrixSide(matrix), improved, y, summary, PENALTY, true, workers);
    }
    return improved;
  }

  private double[] gradient(NmfSolver solver, double[] x, double[] y) {
    return DenseReference.rowGradient(
        options.withSolver(solver).withPenalties(PENALTY, Penalty.NONE),
        matrix,
        new NmfState(RANK, x, y, List.of()));
  }

  @Test
  void rowGradient_ofTheReference_agreesWithFiniteDifferences() {
    NmfState state = start();
    for (NmfSolver solver : List.of(NmfSolver.HALS, NmfSolver.KL_MULTIPLICATIVE)) {
      NmfOptions penalised = options.withSolver(solver).withPenalties(PENALTY, PENALTY);
      double[] gradient = DenseReference.rowGradient(penalised, matrix, state);
      for (int i : new int[] {0, 7, 50}) {
        double step = 1e-5;
        double[] up = state.rows().clone();
        double[] down = state.rows().clone();
        up[i] += step;
        down[i] -= step;
        double difference =
            DenseReference.objective(
                    penalised, matrix, new NmfState(RANK, up, state.columns(), List.of()))
                - DenseReference.objective(
                    penalised, matrix, new NmfState(RANK, down, state.columns(), List.of()));
        assertEquals(difference / (2 * step), gradient[i], 1e-4 * (1 + Math.abs(gradient[i])));
      }
    }
  }

  @Test
  void squaredMultiplicative_isTheGradientStepOfLeeAndSeung() {
    double[] x = start().rows();
    double[] y = start().columns();
    double[] gradient = gradient(NmfSolver.SQUARED_MULTIPLICATIVE, x, y);
    double[] expected = x.clone();
    for (int r = 0; r < a.length; r++) {
      for (int f = 0; f < RANK; f++) {
        double numerator = 0;
        for (int c = 0; c < a[r].length; c++) {
          numerator += a[r][c] * y[c * RANK + f];
        }
        // denominator = numerator + gradient
        expected[r * RANK + f] *= numerator / (numerator + gradient[r * RANK + f]);
      }
    }
    assertArrayEquals(expected, improve(NmfSolver.SQUARED_MULTIPLICATIVE, x, y), 1e-10);
  }

  @Test
  void klMultiplicative_solvesTheMajorisersStationarity() {
    double[] x = start().rows();
    double[] y = start().columns();
    double[] z = improve(NmfSolver.KL_MULTIPLICATIVE, x, y);
    for (int r = 0; r < a.length; r++) {
      for (int f = 0; f < RANK; f++) {
        double attraction = 0;
        double slope = PENALTY.l1() + PENALTY.l2() * z[r * RANK + f];
        for (int c = 0; c < a[r].length; c++) {
          double p = 0;
          for (int g = 0; g < RANK; g++) {
            p += x[r * RANK + g] * y[c * RANK + g];
          }
          attraction += a[r][c] / p * y[c * RANK + f];
          slope += y[c * RANK + f];
        }
        assertEquals(x[r * RANK + f] * attraction, z[r * RANK + f] * slope, 1e-9);
      }
    }
  }

  @Test
  void hals_setsEachCoordinateToItsMinimumInTurn() {
    double[] expected = start().rows().clone();
    double[] y = start().columns();
    for (int f = 0; f < RANK; f++) {
      double curvature = PENALTY.l2();
      for (int c = 0; c < 20; c++) {
        curvature += y[c * RANK + f] * y[c * RANK + f];
      }
      double[] gradient = gradient(NmfSolver.HALS, expected, y);
      for (int r = 0; r < a.length; r++) {
        expected[r * RANK + f] =
            Math.max(0, expected[r * RANK + f] - gradient[r * RANK + f] / curvature);
      }
    }
    assertArrayEquals(expected, improve(NmfSolver.HALS, start().rows(), y), 1e-10);
  }

  @Test
  void klCoordinateDescent_stepsByNewtonWhereverThatIsSafe() {
    double[] x = start().rows();
    double[] y = start().columns();
    double[] expected = x.clone();
    int same = 0;
    for (int f = 0; f < RANK; f++) {
      double[] gradient = gradient(NmfSolver.KL_COORDINATE_DESCENT, expected, y);
      for (int r = 0; r < a.length; r++) {
        double curvature = PENALTY.l2();
        double ratio = 0;
        for (int c = 0; c < a[r].length; c++) {
          double p = 0;
          for (int g = 0; g < RANK; g++) {
            p += expected[r * RANK + g] * y[c * RANK + g];
          }
          double share = a[r][c] > 0 ? y[c * RANK + f] / p : 0;
          curvature += a[r][c] * share * share;
          ratio = Math.max(ratio, share);
        }
        int i = r * RANK + f;
        double before = expected[i];
        double newton = gradient[i] / curvature;
        boolean safe = newton <= 0 || ratio * Math.min(before, newton) <= 0.6838;
        same += safe ? 1 : 0;
        double after = before - (safe ? newton : newton / (1 + ratio * newton));
        expected[i] = Math.max(0, after);
      }
    }
    double[] improved = improve(NmfSolver.KL_COORDINATE_DESCENT, x, y);
    assertArrayEquals(expected, improved, 1e-9);
    assertTrue(same < expected.length, "no step was damped: the case tests nothing");
    assertTrue(same > expected.length / 2, "few full steps: " + same);
  }

  @Test
  void anls_leavesNoGradientToFollow() {
    double[] y = start().columns();
    double[] improved = improve(NmfSolver.ANLS, start().rows(), y);
    double[] gradient = gradient(NmfSolver.ANLS, improved, y);
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(0, Math.min(improved[i], gradient[i]), 1e-7);
    }
    assertTrue(Arrays.stream(improved).anyMatch(v -> v == 0), "no bound is active");
  }
}
