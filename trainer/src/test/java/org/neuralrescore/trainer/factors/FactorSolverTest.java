// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.classical.ClassicalOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.neuralrescore.trainer.model.SquaredFoldIn;

/** What every way to factors has to keep. */
class FactorSolverTest {
  private static final int GROUPS = 4;
  private static final SparseMatrix PLANTED = PlantedMatrix.of(150, 90, GROUPS, 0.5, 0.01, 3);
  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults().withRank(GROUPS).withSweeps(12).withSeed(5).withBlock(3);

  private static FactorSolver solver(String method, Workers workers) {
    FactorOptions options = EveryMethod.of(method).with(GROUPS, OPTIONS.sweeps(), OPTIONS.seed());
    return (options instanceof ImplicitAlsOptions ? OPTIONS : options).solver(workers);
  }

  @ParameterizedTest
  @MethodSource("org.neuralrescore.trainer.factors.EveryMethod#labels")
  void advance_inPieces_givesTheBitsOfOneRun_onAnyNumberOfThreads(String method) {
    FactorResult whole;
    try (Workers workers = new Workers(1)) {
      whole = solver(method, workers).fit(PLANTED, Progress.none());
    }
    try (Workers workers = new Workers(4)) {
      FactorSolver solver = solver(method, workers);
      FactorState state = solver.begin(PLANTED);
      List<Integer> heard = new ArrayList<>();
      for (int sweeps : new int[] {0, 1, 5, 12, 12}) {
        state =
            solver.advance(
                PLANTED, state, sweeps, swept -> heard.add(swept.sweeps()), Progress.none());
      }
      assertArrayEquals(whole.factors().columns(), state.factors().byShare().columns());
      assertArrayEquals(whole.factors().rows(), state.factors().byShare().rows());
      assertEquals(whole.objective(), state.objective());
      assertEquals(state.sweeps(), heard.size());
    }
  }

  @ParameterizedTest
  @MethodSource("org.neuralrescore.trainer.factors.EveryMethod#labels")
  void startingAt_knownItems_beginsThere_andAtItsOwnStartForOthers(String method) {
    try (Workers workers = new Workers(2)) {
      FactorSolver solver = solver(method, workers);
      FactorMatrix items = solver.served(solver.fit(PLANTED, Progress.none()).factors());
      int width = items.rank();
      Arrays.fill(items.values(), 0, width, 0f);
      FactorMatrix own = solver.served(solver.begin(PLANTED).factors());
      FactorSolver warm = solver.startingAt(items);
      FactorState begun = warm.begin(PLANTED);
      assertEquals(0, begun.sweeps());
      float[] start = warm.served(begun.factors()).values();
      for (int i = 0; i < start.length; i++) {
        float expected = i < width ? own.values()[i] : items.values()[i];
        assertEquals(expected, start[i], 1e-6f * Math.max(1, Math.abs(expected)));
      }
      FactorState whole = warm.advance(PLANTED, begun, 6, SweepListener.none(), Progress.none());
      FactorState half = warm.advance(PLANTED, begun, 2, SweepListener.none(), Progress.none());
      FactorState pieces = warm.advance(PLANTED, half, 6, SweepListener.none(), Progress.none());
      assertArrayEquals(whole.factors().columns(), pieces.factors().columns());
      assertArrayEquals(whole.factors().rows(), pieces.factors().rows());
      assertFalse(
          Arrays.equals(
              whole.factors().columns(),
              solver
                  .advance(PLANTED, solver.begin(PLANTED), 6, SweepListener.none(), Progress.none())
                  .factors()
                  .columns()));
    }
  }

  @ParameterizedTest
  @MethodSource("org.neuralrescore.trainer.factors.EveryMethod#falling")
  void advance_neverRaisesTheObjective_alsoFromUsersOfZero(String method) {
    try (Workers workers = new Workers(2)) {
      FactorSolver solver = solver(method, workers);
      FactorState random = solver.begin(PLANTED);
      double[] zeros = new double[random.factors().rows().length];
      FactorState warm =
          new FactorState(new Factors(GROUPS, zeros, random.factors().columns()), List.of());
      FactorState end = solver.advance(PLANTED, warm, 12, SweepListener.none(), Progress.none());
      List<Double> objective = end.objective();
      for (int sweep = 1; sweep < objective.size(); sweep++) {
        assertTrue(
            objective.get(sweep) <= objective.get(sweep - 1) * (1 + 1e-9),
            "sweep " + sweep + ": " + objective);
      }
      double largest = Arrays.stream(end.factors().rows()).max().orElseThrow();
      assertTrue(largest > 0.01, "users stayed at zero: " + largest);
    }
  }

  @ParameterizedTest
  @MethodSource("org.neuralrescore.trainer.factors.EveryMethod#ofUsers")
  void foldIn_putsAUserWhereTheFactorisationDid(String method) {
    try (Workers workers = new Workers(2)) {
      FactorSolver solver = solver(method, workers);
      FactorState state =
          solver.advance(PLANTED, solver.begin(PLANTED), 12, SweepListener.none(), Progress.none());
      // The last half-sweep moved the items: one more of the users follows them.
      FactorMatrix items = state.factors().columnMatrix();
      FoldIn foldIn = solver.foldIn(items, EncoderOptions.defaults());
      for (int u = 0; u < 30; u++) {
        float[] encoded = encode(foldIn, items, u);
        double best = loss(method, items, encoded, u);
        for (int f = 0; f < GROUPS; f++) {
          for (float factor : new float[] {0.9f, 1.1f}) {
            float[] moved = encoded.clone();
            moved[f] *= factor;
            double other = loss(method, items, moved, u);
            assertTrue(
                other > best - 2e-3 * Math.abs(best), method + " user " + u + " factor " + f);
          }
        }
      }
    }
  }

  private static float[] encode(FoldIn foldIn, FactorMatrix items, int user) {
    int n = PLANTED.end(user) - PLANTED.start(user);
    float[] rows = new float[n * GROUPS];
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      weights[i] = 1f;
      System.arraycopy(
          items.row(PLANTED.columns()[PLANTED.start(user) + i]), 0, rows, i * GROUPS, GROUPS);
    }
    return foldIn.encode(rows, weights);
  }

  private static double loss(String method, FactorMatrix items, float[] x, int user) {
    boolean[] touched = new boolean[items.rows()];
    int n = 0;
    for (int p = PLANTED.start(user); p < PLANTED.end(user); p++) {
      touched[PLANTED.columns()[p]] = true;
      n++;
    }
    double loss = 0;
    for (int i = 0; i < items.rows(); i++) {
      double p = 0;
      for (int f = 0; f < GROUPS; f++) {
        p += x[f] * items.values()[i * GROUPS + f];
      }
      double a = touched[i] ? 1 : 0;
      loss +=
          switch (method) {
            case "implicit-als", "ials++" -> a * (1 - p) * (1 - p) + OPTIONS.alpha0() * p * p;
            case "kl-cd", "kl-mu" -> p - (a > 0 ? Math.log(p + 1e-12) : 0);
            case "a-hals", "e-a-hals", "hals", "anls", "mu" -> 0.5 * (a - p) * (a - p);
            default -> throw new IllegalArgumentException("no loss of one user");
          };
    }
    if (EveryMethod.of(method) instanceof ImplicitAlsOptions) {
      double ridge = OPTIONS.lambda() * (n + OPTIONS.alpha0() * items.rows());
      for (float value : x) {
        loss += ridge * value * value;
      }
    }
    return loss;
  }

  @Test
  void foldIn_isOfTheLossOfTheFactors() {
    try (Workers workers = new Workers(1)) {
      FactorMatrix items = new FactorMatrix(2, GROUPS, new float[2 * GROUPS]);
      for (String method : EveryMethod.labels().toList()) {
        FoldIn foldIn = solver(method, workers).foldIn(items, EncoderOptions.defaults());
        assertEquals(method.startsWith("kl"), foldIn instanceof KullbackLeiblerFoldIn, "" + method);
        assertEquals(
            (EveryMethod.of(method) instanceof ClassicalOptions) && !method.startsWith("kl"),
            foldIn instanceof SquaredFoldIn,
            "" + method);
        for (float value : foldIn.encode(new float[GROUPS], new float[] {1f})) {
          assertEquals(0f, value, method + " over items that nobody touched");
        }
      }
    }
  }

  @Test
  void implicitLoss_withAPenaltyOfTheOthers_isRefused() {
    for (String name : List.of("implicit-als", "ials++")) {
      FactorOptions implicit = EveryMethod.of(name);
      assertThrows(
          IllegalArgumentException.class, () -> implicit.method().set(implicit, "l1", "0.1"));
      assertThrows(
          IllegalArgumentException.class, () -> implicit.method().set(implicit, "start", "nndsvd"));
    }
  }
}
