// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.pipeline.Factorisation.Stage;

/** MLlib, told by our options, finds what our own solver finds. */
class MllibAlsTest {
  private static final int USERS = 400;
  private static final int ITEMS = 120;
  private static final int GROUPS = 6;
  private static final int TOP = 10;
  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults()
          .with()
          .rank(GROUPS)
          .sweeps(20)
          .seed(7)
          .alpha0(0.2)
          .lambda(0.002)
          .build();

  @TempDir Path folder;

  private KeptFactors kept() {
    return new KeptFactors(Configuration::new, folder.toUri().toString());
  }

  /** Tastes, each with items from much to little liked; the last item is touched by nobody. */
  private static SparseMatrix planted() {
    SplittableRandom random = new SplittableRandom(11);
    int[] starts = new int[USERS + 1];
    int[] columns = new int[USERS * ITEMS];
    int size = 0;
    for (int u = 0; u < USERS; u++) {
      // One user in fifty did nothing.
      for (int i = 0; i < ITEMS - 1 && u % 50 != 49; i++) {
        int place = i / GROUPS;
        double liked = 1 - place * 0.045;
        if (random.nextDouble() < (i % GROUPS == u % GROUPS ? liked : 0.02)) {
          columns[size++] = i;
        }
      }
      starts[u + 1] = size;
    }
    float[] ones = new float[size];
    Arrays.fill(ones, 1f);
    return new SparseMatrix(ITEMS, starts, Arrays.copyOf(columns, size), ones);
  }

  private static Set<Integer> top(Factors factors, int user) {
    int k = factors.rank();
    double[] scores = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      for (int f = 0; f < k; f++) {
        scores[i] += factors.rows()[user * k + f] * factors.columns()[i * k + f];
      }
    }
    return new HashSet<>(
        IntStream.range(0, ITEMS)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit(TOP)
            .toList());
  }

  @Test
  void factors_areThoseOfOurOwnSolver_inScaleAndInRanking() {
    SparseMatrix matrix = planted();
    try (Workers workers = new Workers(2);
        Session session = Session.start(TestSpark.options(folder))) {
      ImplicitAls own = new ImplicitAls(OPTIONS, workers);
      Factors here = own.fit(matrix, Progress.none()).factors();
      MllibAls als = new MllibAls(session::spark, kept(), Optional::empty);
      FactorResult result = als.factorise(Stage.FIT, own, matrix, Progress.none());
      Factors there = result.factors();
      assertEquals(List.of(), result.objective());
      double overlap = 0;
      int asked = 0;
      double ours = 0;
      double theirs = 0;
      for (int u = 0; u < USERS; u++) {
        if (matrix.start(u) == matrix.end(u)) {
          assertArrayEquals(
              new double[GROUPS], Arrays.copyOfRange(there.rows(), u * GROUPS, (u + 1) * GROUPS));
          continue;
        }
        Set<Integer> shared = top(here, u);
        shared.retainAll(top(there, u));
        overlap += shared.size() / (double) TOP;
        asked++;
        for (int i : top(here, u)) {
          ours += score(here, u, i);
          theirs += score(there, u, i);
        }
      }
      assertTrue(overlap / asked >= 0.9, "top 10 shared: " + overlap / asked);
      // Without the scale of the mapping it would be 1.2.
      assertEquals(1, theirs / ours, 0.02);
      assertArrayEquals(
          new double[GROUPS],
          Arrays.copyOfRange(there.columns(), (ITEMS - 1) * GROUPS, ITEMS * GROUPS));
      assertTrue(Arrays.stream(there.columns()).allMatch(x -> x >= 0));

      // A driver that was killed behind it goes on: no Spark is asked.
      MllibAls again =
          new MllibAls(
              () -> {
                throw new AssertionError("asked Spark");
              },
              kept(),
              Optional::empty);
      Factors kept = again.factorise(Stage.FIT, own, matrix, Progress.none()).factors();
      assertArrayEquals(there.columns(), kept.columns());
      assertThrows(
          AssertionError.class, () -> again.factorise(Stage.REFIT, own, matrix, Progress.none()));
      ImplicitAls other = new ImplicitAls(OPTIONS.withAlpha0(0.3), workers);
      assertThrows(
          AssertionError.class, () -> again.factorise(Stage.FIT, other, matrix, Progress.none()));
      again.forget();
      assertThrows(
          AssertionError.class, () -> again.factorise(Stage.FIT, own, matrix, Progress.none()));
    }
    assertFalse(Files.exists(folder.resolve("spark")), "checkpoints are left");
  }

  @Test
  void factorsThatNoArrayHolds_areRefused_beforeAllSweeps() {
    MllibAls als =
        new MllibAls(
            () -> {
              throw new AssertionError("asked Spark");
            },
            kept(),
            Optional::empty);
    ImplicitAlsOptions options = OPTIONS.with().rank(10_000_000).build();
    UserError here;
    try (Workers workers = new Workers(1)) {
      ImplicitAls own = new ImplicitAls(options, workers);
      here = assertThrows(UserError.class, () -> own.begin(planted()));
    }
    UserError there =
        assertThrows(UserError.class, () -> als.fit(options, 1, planted(), Progress.none()));
    assertEquals(
        "factors of 400 rows and rank 10,000,000 are 4,000,000,000 values, and a side has"
            + " 2,147,483,639 at most; choose a smaller --rank, or learn from fewer users",
        there.getMessage());
    assertEquals(there.getMessage(), here.getMessage());
  }

  /** Of data without clear tastes, which has many minima: equal losses end as they start, alike. */
  @Test
  void factors_underTheRidgeOfMllib_fromItsStart_areItsOwn() {
    SparseMatrix matrix = scattered();
    ImplicitAlsOptions options =
        OPTIONS.with().sweeps(8).innerSweeps(300).ridge(Ridge.TOUCHED).build();
    try (Workers workers = new Workers(2);
        Session session = Session.start(TestSpark.options(folder))) {
      MllibAls als = new MllibAls(session::spark, kept(), Optional::empty);
      Factors start = als.fit(options, 0, matrix, Progress.none());
      Factors there = als.fit(options, options.sweeps(), matrix, Progress.none());
      // MLlib improves columns first.
      Factors turned =
          new Factors(GROUPS, /* rows= */ start.columns(), /* columns= */ start.rows());
      Factors here =
          new ImplicitAls(options, workers)
              .advance(
                  matrix.transpose(),
                  new FactorState(turned, List.of()),
                  options.sweeps(),
                  SweepListener.none(),
                  Progress.none())
              .factors();
      assertArrayEquals(here.columns(), there.rows(), 5e-3);
      assertArrayEquals(here.rows(), there.columns(), 5e-3);
    }
  }

  private static SparseMatrix scattered() {
    SplittableRandom random = new SplittableRandom(3);
    int[] starts = new int[USERS + 1];
    int[] columns = new int[USERS * ITEMS];
    int size = 0;
    for (int u = 0; u < USERS; u++) {
      for (int i = 0; i < ITEMS; i++) {
        if (random.nextDouble() < 0.3 / (1 + i / 10)) {
          columns[size++] = i;
        }
      }
      starts[u + 1] = size;
    }
    float[] ones = new float[size];
    Arrays.fill(ones, 1f);
    return new SparseMatrix(ITEMS, starts, Arrays.copyOf(columns, size), ones);
  }

  private static double score(Factors factors, int user, int item) {
    double sum = 0;
    for (int f = 0; f < factors.rank(); f++) {
      sum +=
          factors.rows()[user * factors.rank() + f] * factors.columns()[item * factors.rank() + f];
    }
    return sum;
  }
}
