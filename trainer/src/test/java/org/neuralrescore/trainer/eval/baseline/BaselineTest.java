// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.QRDecomposition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.MahoutMatrices;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.factors.Gram;
import org.neuralrescore.trainer.factors.NormalEquations;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.planted.PlantedTastes;

class BaselineTest {
  private static final int GROUPS = 4;

  @TempDir static Path folder;
  private static Interactions data;
  private static Split split;

  @BeforeAll
  static void plant() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int u = 0; u < 120; u++) {
      for (int n = 0; n < 10; n++) {
        int item = random.nextInt(15) * GROUPS + u % GROUPS;
        lines.append("u").append(u).append(",i").append(item).append(",1,").append(n).append('\n');
      }
    }
    Path file = folder.resolve("planted.csv");
    Files.writeString(file, lines);
    data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults()).read(file);
    split = new LeaveLastOut().split(data);
  }

  /** Users whom a split or a sample has emptied are nobody: they say nothing of chance. */
  @ParameterizedTest
  @EnumSource(Similarity.class)
  void similarity_besideEmptyUsers_countsThoseWhoTouchedAnything(Similarity similarity) {
    int some = 30;
    Histories all = split.refit();
    boolean[] keep = new boolean[all.size()];
    Arrays.fill(keep, 0, all.end(some - 1), true);
    Histories few = all.select(keep);
    int[] popularity = few.popularity();
    try (Workers workers = new Workers(1)) {
      SparseMatrix found = similarity.of(few, 50, workers);
      int item = few.item(0);
      int other = found.columns()[found.start(item)];
      int both = 0;
      for (int u = 0; u < some; u++) {
        both += few.contains(u, item) && few.contains(u, other) ? 1 : 0;
      }
      assertEquals(
          similarity.of(both, popularity[item], popularity[other], some),
          found.values()[found.start(item)],
          1e-6);
    }
  }

  private static Ranker learn(Baseline baseline, int threads) {
    try (Workers workers = new Workers(threads)) {
      return baseline
          .learn(split.refit(), new BaselineOptions(64, 42, 0), workers)
          .weighing(HistoryWeighting.uniform());
    }
  }

  private static float[] scores(Ranker ranker, int user) {
    float[] scores = new float[split.refit().itemCount()];
    ranker.score(split.refit(), user, scores);
    return scores;
  }

  @ParameterizedTest
  @EnumSource(value = Baseline.class, names = "POPULARITY", mode = EnumSource.Mode.EXCLUDE)
  void baselines_findPlantedTastes(Baseline baseline) {
    try (Workers workers = new Workers(2)) {
      RankingEvaluation evaluation = new RankingEvaluation(10, workers);
      double found =
          evaluation.evaluate(learn(baseline, 2), split.test(), Progress.none()).mean().hitRate();
      double popular =
          evaluation
              .evaluate(learn(Baseline.POPULARITY, 2), split.test(), Progress.none())
              .mean()
              .hitRate();
      assertTrue(found > 0.9, baseline + " finds " + found);
      assertTrue(popular < 0.5, "popularity finds " + popular);
    }
  }

  @ParameterizedTest
  @EnumSource(Baseline.class)
  void baselines_giveTheSameBits_onAnyNumberOfThreads(Baseline baseline) {
    assertArrayEquals(scores(learn(baseline, 1), 3), scores(learn(baseline, 4), 3));
  }

  @Test
  void ease_equalsItsClosedForm() {
    Histories learned = split.refit();
    Ranker ease;
    try (Workers workers = new Workers(2)) {
      ease =
          Ease.learn(learned, 7, Integer.MAX_VALUE, workers).weighing(HistoryWeighting.uniform());
    }
    Matrix x = MahoutMatrices.of(learned.toMatrix());
    Matrix gram = x.transpose().times(x);
    int n = gram.rowSize();
    DenseMatrix identity = new DenseMatrix(n, n);
    for (int i = 0; i < n; i++) {
      gram.set(i, i, gram.get(i, i) + 7);
      identity.set(i, i, 1);
    }
    Matrix p = new QRDecomposition(gram).solve(identity);
    float[] actual = scores(ease, 11);
    for (int j = 0; j < n; j++) {
      double expected = 0;
      for (int i = 0; i < n; i++) {
        expected += i == j ? 0 : x.get(11, i) * -p.get(i, j) / p.get(j, j);
      }
      assertEquals(expected, actual[j], 1e-5);
    }
  }

  @Test
  void ease_ofUsers_equalsEaseOfItems_underAnyWeights() {
    HistoryWeighting recent = new HistoryWeighting(0.2, 3e-8);
    try (Workers workers = new Workers(2)) {
      Ranker items = Ease.learnItems(split.refit(), 7, Integer.MAX_VALUE, workers).weighing(recent);
      Ranker users = DualEase.learn(split.refit(), 7, workers).weighing(recent);
      for (int user = 0; user < 20; user++) {
        assertArrayEquals(scores(items, user), scores(users, user), 1e-5f);
      }
    }
  }

  @Test
  void ease_takesTheMatrixThatHasRoomForAllItems() {
    Interactions wide = new PlantedTastes(3, 20, 60, 8, 1).interactions();
    try (Workers workers = new Workers(1)) {
      assertInstanceOf(
          DualEase.class,
          Ease.learn(wide.histories(), 7, 30, workers).weighing(HistoryWeighting.uniform()));
      assertInstanceOf(
          WideRanker.class,
          Ease.learn(wide.histories(), 7, 10, workers).weighing(HistoryWeighting.uniform()));
    }
  }

  /** Steps of items squared would be 10^12 of them here, and this test would not end. */
  @ParameterizedTest
  @EnumSource(Similarity.class)
  void similarities_ofAMillionItems_costWhatWasTouched(Similarity similarity) {
    Ids items =
        new Ids(
            Stream.concat(
                    data.items().asList().stream(),
                    IntStream.range(0, 1_000_000).mapToObj(item -> "untouched" + item))
                .toList());
    try (Workers workers = new Workers(2)) {
      SparseMatrix among = similarity.of(data.historiesAmong(data.users(), items), 10, workers);
      SparseMatrix alone = similarity.of(data.histories(), 10, workers);
      assertArrayEquals(alone.columns(), among.columns());
      assertArrayEquals(alone.values(), among.values());
    }
  }

  @Test
  void ease_ofManyItemsAndUsers_leavesNoItemOut() {
    Ranker ease;
    try (Workers workers = new Workers(1)) {
      ease = Ease.learn(split.refit(), 7, 5, workers).weighing(HistoryWeighting.uniform());
    }
    boolean[] scored = new boolean[split.refit().itemCount()];
    for (int user = 0; user < 20; user++) {
      float[] scores = scores(ease, user);
      for (int item = 0; item < scored.length; item++) {
        scored[item] |= scores[item] > 0f;
      }
    }
    int count = 0;
    for (boolean one : scored) {
      count += one ? 1 : 0;
    }
    assertTrue(count > 20, count + " items");
  }

  @Test
  void ials_aRowSolvesItsNormalEquations() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] items = new double[30][6];
    for (double[] item : items) {
      for (int f = 0; f < 6; f++) {
        item[f] = random.nextGaussian();
      }
    }
    UnconstrainedAls.Options options = UnconstrainedAls.Options.of(6, 1);
    double[][] touched = {items[3], items[17], items[4]};
    float[] weights = {1f, 0.4f, 2f};
    double[] flat = Arrays.stream(items).flatMapToDouble(Arrays::stream).toArray();
    NormalEquations equations = new NormalEquations(6);
    try (Workers workers = new Workers(1)) {
      equations.begin(Gram.scaled(flat, 6, options.alpha0(), workers));
    }
    for (int i = 0; i < touched.length; i++) {
      equations.add(touched[i], 0, weights[i]);
    }
    double[] x = UnconstrainedAls.solve(options, equations, items.length);
    // The gradient of the loss, halved: sum over all cells and the penalty.
    for (int f = 0; f < 6; f++) {
      double gradient = options.lambda() * (3.4 + options.alpha0() * 30) * x[f];
      for (double[] item : items) {
        gradient += options.alpha0() * dot(x, item) * item[f];
      }
      for (int i = 0; i < 3; i++) {
        gradient += weights[i] * (dot(x, touched[i]) - 1) * touched[i][f];
      }
      assertEquals(0, gradient, 1e-6);
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int f = 0; f < x.length; f++) {
      sum += x[f] * y[f];
    }
    return sum;
  }

  @Test
  void cosine_equalsTheDenseFormula_andKeepsTheLargest() {
    Histories learned = split.refit();
    Matrix x = MahoutMatrices.of(learned.toMatrix());
    Matrix both = x.transpose().times(x);
    try (Workers workers = new Workers(2)) {
      SparseMatrix all = Similarity.COSINE.of(learned, learned.itemCount(), workers);
      SparseMatrix few = Similarity.COSINE.of(learned, 3, workers);
      for (int i = 0; i < learned.itemCount(); i++) {
        float smallestKept = Float.MAX_VALUE;
        for (int p = few.start(i); p < few.end(i); p++) {
          smallestKept = Math.min(smallestKept, few.values()[p]);
        }
        int larger = 0;
        for (int p = all.start(i); p < all.end(i); p++) {
          int j = all.columns()[p];
          double expected = both.get(i, j) / Math.sqrt(both.get(i, i) * both.get(j, j));
          assertEquals(expected, all.values()[p], 1e-6);
          larger += all.values()[p] > smallestKept ? 1 : 0;
        }
        assertTrue(few.end(i) - few.start(i) <= 3);
        assertTrue(larger < 3, larger + " neighbours are larger than one that was kept");
      }
    }
  }

  @Test
  void logLikelihood_isPositiveOnlyWhereTouchingBothIsMoreThanChance() {
    assertTrue(Similarity.LOG_LIKELIHOOD.of(10, 10, 10, 100) > 3);
    assertEquals(0, Similarity.LOG_LIKELIHOOD.of(1, 10, 10, 100), 1e-6);
    assertTrue(Similarity.LOG_LIKELIHOOD.of(0, 50, 50, 100) < 0);
  }
}
