// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.classical.ClassicalOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.solver.Penalty;
import org.neuralrescore.trainer.model.ImplicitFoldIn;

class FactorModelTest {
  private static final int RANK = 5;
  private static final int ITERATIONS = 200;
  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults().withRank(RANK).withSweeps(40);

  @TempDir static Path folder;
  private static Histories histories;

  @BeforeAll
  static void plant() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int u = 0; u < 60; u++) {
      for (int n = 0; n < 8; n++) {
        int item = random.nextInt(8) * RANK + u % RANK;
        lines.append("u").append(u).append(",i").append(item).append(",1,");
        lines.append(100_000L * n).append('\n');
      }
    }
    lines.append("u0,rare,1,900000\n");
    Path file = folder.resolve("planted.csv");
    Files.writeString(file, lines);
    histories =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(file)
            .histories();
  }

  private static FactorModel learn(RowScheme rows, HistoryWeighting weighting) {
    return learn(OPTIONS, rows, weighting);
  }

  private static FactorModel learn(
      FactorOptions solver, RowScheme rows, HistoryWeighting weighting) {
    try (Workers workers = new Workers(2)) {
      return FactorModel.learn(
          histories,
          solver.solver(workers),
          rows,
          EncoderOptions.defaults().withIterations(ITERATIONS).withWeighting(weighting),
          FactorSolver::fit,
          Progress.none());
    }
  }

  private static void assertPrefixesAreFoldIns(HistoryWeighting weighting) {
    for (String method : EveryMethod.labels().toList()) {
      assertPrefixesAreFoldIns(of(method), weighting);
    }
  }

  private static FactorOptions of(String method) {
    FactorOptions options = EveryMethod.of(method).with(RANK, OPTIONS.sweeps(), OPTIONS.seed());
    if (options instanceof ImplicitAlsOptions) {
      return OPTIONS;
    }
    return options instanceof ClassicalOptions classical
        ? classical.withPenalty(new Penalty(0.01, 0.01))
        : options;
  }

  private static void assertPrefixesAreFoldIns(FactorOptions solver, HistoryWeighting weighting) {
    HistoryEncoder encoder = learn(solver, RowScheme.users(), weighting).encoder();
    PrefixEncoder prefixes = new PrefixEncoder(encoder);
    for (int user = 0; user < 20; user++) {
      int u = user;
      int[] calls = new int[1];
      prefixes.walk(
          histories,
          u,
          position -> true,
          (position, vector) -> {
            float[] expected = encoder.encode(histories, u, position);
            double largest = 1e-3;
            for (float value : expected) {
              largest = Math.max(largest, value);
            }
            for (int f = 0; f < RANK; f++) {
              assertEquals(expected[f], vector[f], 0.01 * largest, solver + " user " + u);
            }
            calls[0]++;
          });
      assertEquals(histories.length(u) - 1, calls[0]);
    }
  }

  @Test
  void prefixes_areWhatTheEncoderGives() {
    assertPrefixesAreFoldIns(HistoryWeighting.uniform());
  }

  @Test
  void prefixes_areWhatTheEncoderGives_withCountsAsValues() {
    assertPrefixesAreFoldIns(new HistoryWeighting(0.1, 2, CellValues.COUNT));
    assertPrefixesAreFoldIns(HistoryWeighting.uniform().withValues(CellValues.LOG_COUNT));
  }

  @Test
  void model_ofACore_learnsFromItAlone_andEncodesWithoutTheOthers() {
    RowScheme core = RowScheme.users().withCore(new CoreRule(1, 1, 2));
    FactorModel model = learn(core, HistoryWeighting.uniform());
    int rare = histories.item(histories.end(0) - 1);
    assertEquals(1, model.leftOut().rareItems());
    assertEquals(histories.size() - 1, model.learned().size());
    assertTrue(model.encoder().items().isZero(rare));
    // The history with the item that has no factors encodes as the one without it.
    assertArrayEquals(
        model.encoder().encode(model.learned(), 0), model.encoder().encode(histories, 0));
  }

  @Test
  void prefixes_areWhatTheEncoderGives_withRecencyWeights() {
    assertPrefixesAreFoldIns(new HistoryWeighting(0.1, 2));
  }

  /** What others taught knows none of these users: without one of them it is what it is. */
  @Test
  void factorsOfOthers_areTheSameWithoutAnyUser() {
    Factors others = learn(RowScheme.users(), HistoryWeighting.uniform()).factors();
    try (Workers workers = new Workers(2)) {
      FactorModel model =
          FactorModel.learn(
              histories,
              OPTIONS.solver(workers),
              RowScheme.users(),
              EncoderOptions.defaults(),
              (solver, weights, progress) ->
                  new FactorResult(
                      new Factors(RANK, new double[0], others.columns()), List.of(), true),
              Progress.none());
      ItemsWithoutUser without = model.itemsWithoutUser().get();
      for (int p = histories.start(0); p < histories.end(0); p++) {
        int item = histories.item(p);
        without.select(item);
        assertArrayEquals(
            Arrays.copyOfRange(others.columns(), item * RANK, (item + 1) * RANK),
            without.without(0));
      }
      assertArrayEquals(others.columnMatrix().values(), model.encoder().items().values());
    }
    assertThrows(IllegalArgumentException.class, () -> new FactorResult(others, List.of(), true));
  }

  @Test
  void itemWithoutItsOnlyUser_isZero() {
    for (RowScheme rows : new RowScheme[] {RowScheme.users(), RowScheme.usersAndSessions(1)}) {
      for (String method : EveryMethod.labels().toList()) {
        ItemsWithoutUser without =
            learn(of(method), rows, HistoryWeighting.uniform()).itemsWithoutUser().get();
        int rare = histories.item(histories.end(0) - 1);
        assertEquals(1, histories.popularity()[rare]);
        without.select(rare);
        for (double value : without.without(0)) {
          assertEquals(0.0, Math.abs(value));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.neuralrescore.trainer.factors.EveryMethod#ofUsers")
  void itemWithoutOneOfManyUsers_knowsThatUserLess(String method) {
    FactorModel model = learn(of(method), RowScheme.users(), HistoryWeighting.uniform());
    ItemsWithoutUser without = model.itemsWithoutUser().get();
    int user = 3;
    int item = histories.item(histories.start(user));
    float[] vector = model.encoder().encode(histories, user);
    without.select(item);
    double[] less = without.without(user);
    double full = 0;
    double reduced = 0;
    for (int f = 0; f < RANK; f++) {
      full += vector[f] * model.encoder().items().values()[item * RANK + f];
      reduced += vector[f] * less[f];
    }
    assertTrue(reduced < full, reduced + " against " + full);
    assertTrue(reduced > 0.3 * full, "others like user 3 keep the item's taste: " + reduced);
  }

  @ParameterizedTest
  @MethodSource("org.neuralrescore.trainer.factors.EveryMethod#ofUsers")
  void itemWithoutAUser_isNearTheMinimumOverAllOthers(String method) {
    FactorModel model = learn(of(method), RowScheme.users(), HistoryWeighting.uniform());
    ItemsWithoutUser without = model.itemsWithoutUser().get();
    for (int user = 3; user < 13; user++) {
      int item = histories.item(histories.start(user));
      without.select(item);
      double[] less = without.without(user).clone();
      double[] full = Arrays.copyOfRange(model.factors().columns(), item * RANK, (item + 1) * RANK);
      double[] exact = minimise(method, model.factors(), item, user);
      assertTrue(
          distance(less, exact) < 0.02 * norm(exact) + 0.5 * distance(full, exact),
          method
              + " user "
              + user
              + ": "
              + distance(less, exact)
              + " of "
              + norm(exact)
              + ", as it is "
              + distance(full, exact));
    }
  }

  /** An item's own loss over everybody but one user, minimised coordinate by coordinate. */
  private static double[] minimise(String method, Factors factors, int item, int user) {
    double[] x = new double[RANK];
    FactorOptions options = of(method);
    Arrays.fill(x, 0.1);
    double moved = 1;
    for (int cycle = 0; cycle < 60 && moved > 1e-4; cycle++) {
      double[] before = x.clone();
      for (int f = 0; f < RANK; f++) {
        double low = 0;
        double high = 20;
        // Leaves a millionth of the interval; the test asks for a fiftieth of the norm.
        for (int step = 0; step < 35; step++) {
          double third = (high - low) / 3;
          x[f] = low + third;
          double atLow = loss(options, factors, item, user, x);
          x[f] = high - third;
          if (atLow < loss(options, factors, item, user, x)) {
            high -= third;
          } else {
            low += third;
          }
        }
        x[f] = (low + high) / 2;
      }
      moved = distance(before, x);
    }
    return x;
  }

  private static double loss(
      FactorOptions method, Factors factors, int item, int user, double[] x) {
    double loss = 0;
    double touched = 0;
    for (int u = 0; u < histories.userCount(); u++) {
      if (u != user) {
        double p = 0;
        for (int f = 0; f < RANK; f++) {
          p += x[f] * factors.rows()[u * RANK + f];
        }
        double a = histories.contains(u, item) ? 1 : 0;
        touched += a;
        if (!(method instanceof ClassicalOptions)) {
          loss += a * (1 - p) * (1 - p) + OPTIONS.alpha0() * p * p;
        } else if (method.loss().equals("squared-error")) {
          loss += 0.5 * (a - p) * (a - p);
        } else {
          loss += p - (a == 0 ? 0 : a * Math.log(p + 1e-12));
        }
      }
    }
    double sum = 0;
    double squares = 0;
    for (double value : x) {
      sum += value;
      squares += value * value;
    }
    return method instanceof ClassicalOptions
        ? loss + 0.01 * sum + 0.005 * squares
        : loss
            + OPTIONS.lambda()
                * (touched + OPTIONS.alpha0() * (histories.userCount() - 1))
                * squares;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int f = 0; f < RANK; f++) {
      sum += (one[f] - other[f]) * (one[f] - other[f]);
    }
    return Math.sqrt(sum);
  }

  private static double norm(double[] x) {
    return distance(x, new double[RANK]);
  }

  @Test
  void itemWithoutAUserWhoNeverTouchedIt_isRefused() {
    ItemsWithoutUser without =
        learn(RowScheme.users(), HistoryWeighting.uniform()).itemsWithoutUser().get();
    without.select(histories.item(histories.end(0) - 1));
    assertThrows(IllegalArgumentException.class, () -> without.without(1));
  }

  @Test
  void encoderOptions_giveTheFoldInALossOfItsOwn() {
    try (Workers workers = new Workers(1)) {
      FactorModel model =
          FactorModel.learn(
              histories,
              new ImplicitAls(
                  OPTIONS
                      .withEncoderAlpha0(OptionalDouble.of(0.5))
                      .withEncoderLambda(OptionalDouble.of(0.25)),
                  workers),
              RowScheme.users(),
              EncoderOptions.defaults(),
              FactorSolver::fit,
              Progress.none());
      ImplicitFoldIn foldIn = assertInstanceOf(ImplicitFoldIn.class, model.encoder().foldIn());
      assertEquals(0.25f, foldIn.lambda());
      assertEquals(0.5f * histories.itemCount(), foldIn.unobserved(), 1e-4);
    }
  }
}
