// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bench.speed.PowerLawMatrix;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

class ExtrapolationTest {
  private static final int RANK = 5;

  private final SparseMatrix matrix = DenseReference.random(90, 60, 0.3, 31);

  private List<NmfState> states(NmfSolver solver, NmfState from, int sweeps) {
    List<NmfState> states = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      new Nmf(options(solver, sweeps), workers).resume(matrix, from, Progress.none(), states::add);
    }
    return states;
  }

  private static NmfOptions options(NmfSolver solver, int sweeps) {
    return NmfOptions.defaults()
        .withSolver(solver)
        .withRank(RANK)
        .withSweeps(sweeps)
        .withTolerance(0);
  }

  private NmfState start() {
    try (Workers workers = new Workers(1)) {
      return new Nmf(options(NmfSolver.EXTRAPOLATED_HALS, 1), workers).start(matrix);
    }
  }

  private NmfState acceleratedFrom(NmfState state) {
    NmfState fresh = NmfState.warmStart(RANK, state.rows(), state.columns());
    return states(NmfSolver.ACCELERATED_HALS, fresh, 1).get(0);
  }

  @Test
  void sweeps_first_areThoseOfHals() {
    List<NmfState> states = states(NmfSolver.EXTRAPOLATED_HALS, start(), Run.PLAIN_SWEEPS + 1);
    List<NmfState> plain = states(NmfSolver.HALS, start(), Run.PLAIN_SWEEPS + 1);
    for (int s = 0; s < Run.PLAIN_SWEEPS; s++) {
      assertArrayEquals(plain.get(s).rows(), states.get(s).rows());
      assertArrayEquals(plain.get(s).columns(), states.get(s).columns());
      assertEquals(plain.get(s).objective(), states.get(s).objective());
      assertFalse(states.get(s).extrapolation().isPresent());
    }
    assertTrue(states.get(Run.PLAIN_SWEEPS).extrapolation().isPresent());
  }

  @Test
  void sweep_behindThem_goesBeyondTheRowsByAShareOfTheirMove() {
    List<NmfState> states = states(NmfSolver.EXTRAPOLATED_HALS, start(), Run.PLAIN_SWEEPS + 1);
    NmfState first = states.get(Run.PLAIN_SWEEPS - 1);
    double[] improved = first.rows().clone();
    try (Workers workers = new Workers(1)) {
      double[] gram = NmfLoss.SQUARED_ERROR.summary(first.columns(), RANK, workers);
      NmfSolver.HALS
          .halfSweep(RANK)
          .improve(
              new MatrixSide(matrix),
              improved,
              first.columns(),
              gram,
              Penalty.NONE,
              false,
              workers);
    }
    double[] beyond = new double[improved.length];
    for (int i = 0; i < beyond.length; i++) {
      beyond[i] = Math.max(0, improved[i] + 0.8 * (improved[i] - first.rows()[i]));
    }
    NmfState second = states.get(Run.PLAIN_SWEEPS);
    assertArrayEquals(beyond, second.rows(), 1e-12);
    assertArrayEquals(improved, second.extrapolation().orElseThrow().rows(), 1e-12);
  }

  @Test
  void sweep_thatWouldRaiseTheObjective_isDoneAgainWithoutExtrapolation() {
    List<NmfState> states = states(NmfSolver.EXTRAPOLATED_HALS, start(), 200);
    int again = 0;
    for (int s = Run.ONE_PASS_SWEEPS + 1; s < states.size(); s++) {
      Extrapolation before = states.get(s - 1).extrapolation().orElseThrow();
      Extrapolation after = states.get(s).extrapolation().orElseThrow();
      if (after.step() < before.step()) {
        again++;
        assertArrayEquals(acceleratedFrom(states.get(s - 1)).rows(), states.get(s).rows());
        assertEquals(before.step() / 1.5, after.step());
        assertEquals(before.lastStep(), after.ceiling());
      }
    }
    assertTrue(again > 0, "nothing was done again: the case tests nothing");
  }

  /** Where a run ends is partly luck, so it is asked of most. */
  @Test
  void fit_ofSkewedCounts_comesToFiftySweepsOfHalsInThirty_fromMostStarts() {
    int reached = 0;
    try (Workers workers = new Workers(2)) {
      for (long seed = 1; seed <= 12; seed++) {
        SparseMatrix counts = PowerLawMatrix.generate(2000, 600, 40_000, seed);
        double plain = last(NmfSolver.HALS, 50, counts, seed, workers);
        double extrapolated = last(NmfSolver.EXTRAPOLATED_HALS, 30, counts, seed, workers);
        assertTrue(extrapolated < 1.003 * plain, seed + ": " + extrapolated + " for " + plain);
        reached += extrapolated < plain ? 1 : 0;
      }
    }
    assertTrue(reached >= 9, "from " + reached + " of 12");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 9, 10, 11, 30})
  void resume_onEitherSideOfTheFirstSweeps_isTheSameToTheBit(int stop) {
    List<NmfState> whole = states(NmfSolver.EXTRAPOLATED_HALS, start(), 40);
    List<NmfState> rest = states(NmfSolver.EXTRAPOLATED_HALS, whole.get(stop - 1), 40);
    assertEquals(40 - stop, rest.size());
    NmfState last = rest.get(rest.size() - 1);
    assertArrayEquals(whole.get(39).rows(), last.rows());
    assertArrayEquals(whole.get(39).columns(), last.columns());
    assertEquals(whole.get(39).objective(), last.objective());
  }

  private static double last(
      NmfSolver solver, int sweeps, SparseMatrix counts, long seed, Workers workers) {
    NmfOptions options = options(solver, sweeps).withRank(32).withSeed(seed);
    List<Double> objective =
        new Nmf(options, workers).fit(counts, Progress.none()).state().objective();
    return objective.get(objective.size() - 1);
  }

  @Test
  void extrapolation_ofAnotherShapeOrStep_isRefused() {
    NmfState state = start();
    double[] one = new double[RANK];
    assertThrows(
        IllegalArgumentException.class, () -> state.with(new Extrapolation(one, one, 0.5, 0.5, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> new Extrapolation(one, one, Double.NaN, 0.5, 1));
    assertFalse(state.extrapolation().isPresent());
  }
}
