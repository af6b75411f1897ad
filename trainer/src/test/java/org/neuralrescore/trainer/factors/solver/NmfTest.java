// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

class NmfTest {
  private static final Penalty SOME = new Penalty(0.05, 0.1);

  private static NmfOptions options(NmfSolver solver, int rank, int sweeps) {
    return NmfOptions.defaults()
        .withSolver(solver)
        .withRank(rank)
        .withSweeps(sweeps)
        .withTolerance(0);
  }

  private static NmfResult fit(NmfOptions options, SparseMatrix matrix, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new Nmf(options, workers).fit(matrix, Progress.none());
    }
  }

  private static List<NmfState> states(NmfOptions options, SparseMatrix matrix) {
    List<NmfState> states = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Nmf nmf = new Nmf(options, workers);
      nmf.resume(matrix, nmf.start(matrix), Progress.none(), states::add);
    }
    return states;
  }

  @Property(tries = 400)
  void sweep_onAnyMatrix_neverRaisesTheObjectiveAndReportsTheDenseOne(
      @ForAll NmfSolver solver,
      @ForAll Initialisation initialisation,
      @ForAll @IntRange(min = 1, max = 14) int rows,
      @ForAll @IntRange(min = 1, max = 14) int columns,
      @ForAll @IntRange(min = 1, max = 7) int rank,
      @ForAll @IntRange(min = 1, max = 10) int tenths,
      @ForAll boolean penalised,
      @ForAll long seed) {
    SparseMatrix matrix = DenseReference.random(rows, columns, tenths / 10.0, seed);
    NmfOptions options =
        options(solver, rank, 12).withInitialisation(initialisation).withSeed(seed);
    if (penalised) {
      options = options.withPenalties(SOME, new Penalty(0.2, 0.01));
    }
    double before = Double.POSITIVE_INFINITY;
    double scale = DenseReference.objective(options, matrix, states(options, matrix).get(0)) + 1;
    for (NmfState state : states(options, matrix)) {
      double reported = state.objective().get(state.sweeps() - 1);
      double dense = DenseReference.objective(options, matrix, state);
      assertEquals(dense, reported, 1e-9 * scale, "dense against reported");
      assertTrue(dense <= before + 1e-11 * scale, () -> dense + " rose");
      before = dense;
    }
  }

  /** As of an interaction of ten years ago whose weight halves every week. */
  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_ofRowsThatWeighNextToNothing_staysFinite(NmfSolver solver) {
    double[][] dense = DenseReference.dense(DenseReference.random(20, 15, 0.4, 8));
    for (int row = 0; row < dense.length; row += 2) {
      for (int column = 0; column < dense[row].length; column++) {
        dense[row][column] *= row % 4 == 0 ? Float.MIN_NORMAL : 1e-20;
      }
    }
    NmfState state = fit(options(solver, 6, 60), DenseReference.sparse(dense), 1).state();
    for (double value : state.rows()) {
      assertTrue(Double.isFinite(value) && value >= 0, solver + " " + value);
    }
    for (double objective : state.objective()) {
      assertTrue(Double.isFinite(objective), solver + " " + state.objective());
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_untilItRests_satisfiesTheOptimalityConditions(NmfSolver solver) {
    boolean slow = solver.isMultiplicative();
    for (Penalty penalty : List.of(Penalty.NONE, SOME)) {
      SparseMatrix matrix = DenseReference.random(12, 9, 0.5, 3);
      NmfOptions options =
          options(solver, 3, slow ? 60_000 : 6_000).withPenalties(penalty, penalty);
      NmfState state = fit(options, matrix, 1).state();
      double[] gradient = DenseReference.rowGradient(options, matrix, state);
      for (int i = 0; i < gradient.length; i++) {
        double w = state.rows()[i];
        // Either the entry is positive and flat, or at zero and rising.
        double broken = Math.abs(Math.min(w, gradient[i]));
        assertEquals(0, broken, slow ? 1e-3 : 1e-5, "entry " + i + " w " + w);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_onAPlantedFactorisation_recoversItsFactors(NmfSolver solver) {
    Planted planted = Planted.draw(60, 40, 4, 11);
    NmfOptions options = options(solver, 4, 3000).withInitialisation(Initialisation.NNDSVDA);
    NmfState state = fit(options, planted.matrix(), 2).state();
    double total = 0;
    for (float value : planted.matrix().values()) {
      total += value * value;
    }
    assertTrue(
        DenseReference.objective(options, planted.matrix(), state) < 1e-4 * total,
        "objective " + DenseReference.objective(options, planted.matrix(), state));
    for (int f = 0; f < 4; f++) {
      assertTrue(planted.bestCosine(state, f) > 0.999, "factor " + f);
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_onOneTwoAndFourThreads_givesTheSameBits(NmfSolver solver) {
    SparseMatrix matrix = DenseReference.random(1500, 700, 0.02, 5);
    NmfOptions options =
        options(solver, 9, 4).withPenalties(SOME, SOME).withInitialisation(Initialisation.NNDSVDA);
    NmfResult one = fit(options, matrix, 1);
    for (int threads : new int[] {2, 4}) {
      NmfResult more = fit(options, matrix, threads);
      assertArrayEquals(one.state().rows(), more.state().rows(), 0.0);
      assertArrayEquals(one.state().columns(), more.state().columns(), 0.0);
      assertEquals(one.state().objective(), more.state().objective());
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void resume_afterAnySweep_endsInTheBitsOfAnUnbrokenRun(NmfSolver solver) {
    SparseMatrix matrix = DenseReference.random(200, 90, 0.1, 6);
    NmfOptions options = options(solver, 5, 7).withPenalties(SOME, Penalty.NONE);
    NmfState whole = fit(options, matrix, 2).state();
    for (NmfState state : states(options, matrix).subList(0, 6)) {
      try (Workers workers = new Workers(2)) {
        NmfState resumed =
            new Nmf(options, workers).resume(matrix, state, Progress.none(), ignored -> {}).state();
        assertArrayEquals(whole.rows(), resumed.rows(), 0.0);
        assertArrayEquals(whole.columns(), resumed.columns(), 0.0);
        assertEquals(whole.objective(), resumed.objective());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void resume_behindTheLastSweepOfAConvergedRun_doesNoOther(NmfSolver solver) {
    SparseMatrix matrix = DenseReference.random(200, 90, 0.1, 6);
    NmfOptions options = options(solver, 5, 500).withTolerance(1e-3);
    try (Workers workers = new Workers(2)) {
      Nmf nmf = new Nmf(options, workers);
      NmfResult whole = nmf.fit(matrix, Progress.none());
      assertEquals(StopReason.CONVERGED, whole.stop());
      NmfResult again = nmf.resume(matrix, whole.state(), Progress.none(), ignored -> {});
      assertEquals(StopReason.CONVERGED, again.stop());
      assertEquals(whole.state().objective(), again.state().objective());
      assertArrayEquals(whole.state().columns(), again.state().columns(), 0.0);
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_withEmptyRowsAndColumns_leavesThemZero(NmfSolver solver) {
    double[][] dense = new double[6][5];
    dense[1][2] = 3;
    dense[1][4] = 1;
    dense[4][2] = 2;
    NmfState state = fit(options(solver, 2, 30), DenseReference.sparse(dense), 1).state();
    for (int row : new int[] {0, 2, 3, 5}) {
      assertEquals(0.0, state.rows()[row * 2] + state.rows()[row * 2 + 1]);
    }
    for (int column : new int[] {0, 1, 3}) {
      assertEquals(0.0, state.columns()[column * 2] + state.columns()[column * 2 + 1]);
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_withMoreFactorsThanRows_fitsExactly(NmfSolver solver) {
    SparseMatrix matrix = DenseReference.random(3, 4, 1, 8);
    for (Initialisation initialisation : Initialisation.values()) {
      NmfOptions options = options(solver, 6, 4000).withInitialisation(initialisation);
      NmfState state = fit(options, matrix, 1).state();
      assertEquals(
          0, DenseReference.objective(options, matrix, state), 2e-2, initialisation.name());
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_onAnAllEqualMatrix_predictsThatValueEverywhere(NmfSolver solver) {
    double[][] dense = new double[7][5];
    for (double[] row : dense) {
      Arrays.fill(row, 2.5);
    }
    NmfState state = fit(options(solver, 1, 200), DenseReference.sparse(dense), 1).state();
    assertEquals(2.5, DenseReference.predict(state, 6, 0), 1e-6);
    assertEquals(2.5, DenseReference.predict(state, 0, 4), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_onOneCell_predictsIt(NmfSolver solver) {
    NmfState state =
        fit(options(solver, 1, 50), DenseReference.sparse(new double[][] {{7}}), 1).state();
    assertEquals(7, DenseReference.predict(state, 0, 0), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_onAMatrixOfZeros_isZeroAndStops(NmfSolver solver) {
    SparseMatrix zeros = new SparseMatrix(3, new int[3], new int[0], new float[0]);
    NmfResult result = fit(options(solver, 2, 50), zeros, 1);
    assertArrayEquals(new double[4], result.state().rows());
    assertArrayEquals(new double[6], result.state().columns());
    assertEquals(StopReason.CONVERGED, result.stop());
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_withExplicitZeros_isAsWithoutThem(NmfSolver solver) {
    SparseMatrix with =
        new SparseMatrix(3, new int[] {0, 2, 4}, new int[] {0, 1, 0, 2}, new float[] {1, 0, 0, 2});
    SparseMatrix without =
        new SparseMatrix(3, new int[] {0, 1, 2}, new int[] {0, 2}, new float[] {1, 2});
    assertArrayEquals(
        fit(options(solver, 2, 5), without, 1).state().rows(),
        fit(options(solver, 2, 5), with, 1).state().rows());
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_withTolerance_stopsBeforeAllSweepsAndKeepsWhatItSaw(NmfSolver solver) {
    SparseMatrix matrix = DenseReference.random(40, 30, 0.3, 9);
    NmfResult result = fit(options(solver, 3, 5000).withTolerance(1e-4), matrix, 1);
    List<Double> objective = result.state().objective();
    assertEquals(StopReason.CONVERGED, result.stop());
    assertTrue(objective.size() < 5000);
    int n = objective.size();
    assertTrue(objective.get(n - 2) - objective.get(n - 1) <= 1e-4 * objective.get(n - 2));
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void resume_fromFactorsFullOfZeros_stillFits(NmfSolver solver) {
    SparseMatrix matrix = DenseReference.random(20, 15, 0.4, 10);
    NmfOptions options = options(solver, 4, 60);
    try (Workers workers = new Workers(1)) {
      double[] h = new double[15 * 4];
      Arrays.setAll(h, i -> i % 5 == 0 ? 1 : 0);
      NmfState warm = NmfState.warmStart(4, new double[20 * 4], h);
      NmfState state =
          new Nmf(options, workers).resume(matrix, warm, Progress.none(), ignored -> {}).state();
      NmfState fresh = fit(options, matrix, 1).state();
      double best = fresh.objective().get(fresh.sweeps() - 1);
      assertTrue(state.objective().get(state.sweeps() - 1) < 1.25 * best);
      assertArrayEquals(new double[20 * 4], warm.rows(), "the start is not written to");
    }
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void fit_onANegativeCell_refusesAndNamesIt(NmfSolver solver) {
    SparseMatrix matrix =
        new SparseMatrix(2, new int[] {0, 1, 2}, new int[] {1, 0}, new float[] {1, -2});
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> fit(options(solver, 2, 5), matrix, 1));
    assertTrue(refused.getMessage().contains("[1, 0] = -2.0"), refused.getMessage());
  }

  @ParameterizedTest
  @EnumSource(NmfSolver.class)
  void resume_fromAnotherShape_refuses(NmfSolver solver) {
    SparseMatrix matrix = DenseReference.random(4, 3, 1, 1);
    NmfState state = NmfState.warmStart(2, new double[8], new double[8]);
    try (Workers workers = new Workers(1)) {
      Nmf nmf = new Nmf(options(solver, 2, 5), workers);
      assertThrows(
          IllegalArgumentException.class,
          () -> nmf.resume(matrix, state, Progress.none(), ignored -> {}));
    }
  }
}
