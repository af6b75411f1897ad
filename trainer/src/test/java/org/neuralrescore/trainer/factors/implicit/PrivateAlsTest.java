// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.PlantedMatrix;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.privacy.DifferentialPrivacy;

class PrivateAlsTest {
  private static final int RANK = 5;

  private static SparseMatrix random(SplittableRandom random, int users, int items) {
    int[] starts = new int[users + 1];
    int[] columns = new int[users * items];
    float[] values = new float[users * items];
    int to = 0;
    for (int u = 0; u < users; u++) {
      double share = random.nextDouble();
      for (int i = 0; i < items; i++) {
        if (random.nextDouble() < share) {
          columns[to] = i;
          values[to++] = (float) (3 * random.nextDouble());
        }
      }
      starts[u + 1] = to;
    }
    return new SparseMatrix(items, starts, Arrays.copyOf(columns, to), Arrays.copyOf(values, to));
  }

  private static SparseMatrix without(SparseMatrix matrix, int user) {
    int[] starts = new int[matrix.rowCount()];
    int[] columns = new int[matrix.size()];
    float[] values = new float[matrix.size()];
    int to = 0;
    int row = 0;
    for (int u = 0; u < matrix.rowCount(); u++) {
      if (u != user) {
        for (int p = matrix.start(u); p < matrix.end(u); p++) {
          columns[to] = matrix.columns()[p];
          values[to++] = matrix.values()[p];
        }
        starts[++row] = to;
      }
    }
    return new SparseMatrix(
        matrix.columnCount(), starts, Arrays.copyOf(columns, to), Arrays.copyOf(values, to));
  }

  private static double[] withoutRow(double[] users, int user) {
    double[] rest = new double[users.length - RANK];
    System.arraycopy(users, 0, rest, 0, user * RANK);
    System.arraycopy(users, (user + 1) * RANK, rest, user * RANK, users.length - (user + 1) * RANK);
    return rest;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum);
  }

  /** Every item's Gram triangles, then every item's sums. */
  private static double[][] statistics(SparseMatrix byUser, double[] users, Workers workers) {
    int items = byUser.columnCount();
    int triangle = RANK * (RANK + 1) / 2;
    double[] grams = new double[items * triangle];
    double[] sums = new double[items * RANK];
    ClippedStatistics.forEachItem(
        byUser.transpose(),
        users,
        RANK,
        workers,
        (item, gram, sum) -> {
          System.arraycopy(gram, 0, grams, item * triangle, triangle);
          System.arraycopy(sum, 0, sums, item * RANK, RANK);
        });
    return new double[][] {
      grams,
      sums,
      ClippedStatistics.allUsers(users, RANK, workers),
      ClippedStatistics.counts(byUser)
    };
  }

  @Property(tries = 60)
  void statistics_withAndWithoutAnyUser_differByNoMoreThanTheSensitivity(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int clipInteractions,
      @ForAll @DoubleRange(min = 0.1, max = 3) double clipNorm) {
    SplittableRandom random = new SplittableRandom(seed);
    ClippedStatistics clipped = new ClippedStatistics(clipNorm, clipInteractions);
    SparseMatrix all = random(random, 12, 30);
    // Vectors far beyond the norm, so that the cut decides.
    double[] users = random.doubles(12 * RANK).map(x -> 10 * x).toArray();
    clipped.clipRows(users, RANK);
    try (Workers workers = new Workers(1)) {
      double[][] whole = statistics(clipped.clipCells(all), users, workers);
      double largest = 0;
      for (int user = 0; user < 12; user++) {
        double[][] rest =
            statistics(clipped.clipCells(without(all, user)), withoutRow(users, user), workers);
        double gram = distance(whole[0], rest[0]);
        assertTrue(gram <= clipped.gramSensitivity() * (1 + 1e-9), "gram " + gram);
        assertTrue(distance(whole[1], rest[1]) <= clipped.sumSensitivity() * (1 + 1e-9));
        assertTrue(distance(whole[2], rest[2]) <= clipped.allUsersSensitivity() * (1 + 1e-9));
        assertTrue(distance(whole[3], rest[3]) <= clipped.countSensitivity() * (1 + 1e-9));
        largest = Math.max(largest, distance(whole[1], rest[1]) / clipped.sumSensitivity());
      }
      // The bound is one that users come near to, and not one that says nothing.
      assertTrue(largest > 0.2, "largest share of the bound " + largest);
    }
  }

  @Test
  void clipping_keepsWholeSmallHistories_andDrawsTheSameOfALargeOneInAnyCompany() {
    SplittableRandom random = new SplittableRandom(4);
    SparseMatrix all = random(random, 10, 40);
    ClippedStatistics clipped = new ClippedStatistics(1, 7);
    SparseMatrix cut = clipped.clipCells(all);
    SparseMatrix alone = clipped.clipCells(without(without(all, 0), 0));
    for (int u = 0; u < 10; u++) {
      assertEquals(Math.min(7, all.end(u) - all.start(u)), cut.end(u) - cut.start(u), "user " + u);
    }
    for (int u = 2; u < 10; u++) {
      assertArrayEquals(
          Arrays.copyOfRange(cut.columns(), cut.start(u), cut.end(u)),
          Arrays.copyOfRange(alone.columns(), alone.start(u - 2), alone.end(u - 2)));
    }
    for (float value : cut.values()) {
      assertTrue(value <= 1f);
    }
  }

  private static DifferentialPrivacy privacy(double epsilon, String secret) {
    return new DifferentialPrivacy(epsilon, 1e-5, 1, 20, secret);
  }

  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults().withRank(RANK).withSweeps(3).withSeed(5);

  @Test
  void released_minusTrue_hasTheCalibratedDeviation() {
    SparseMatrix byUser =
        new ClippedStatistics(1, 20).clipCells(random(new SplittableRandom(3), 30, 4000));
    double[] users = new SplittableRandom(8).doubles(30L * RANK).map(x -> x / 5).toArray();
    try (Workers workers = new Workers(2)) {
      PrivateAls als = new PrivateAls(OPTIONS, privacy(1, "s"), workers);
      double[][] exact = statistics(byUser, users, workers);
      int triangle = RANK * (RANK + 1) / 2;
      double[] grams = new double[exact[0].length];
      double[] sums = new double[exact[1].length];
      als.releaseItems(
          byUser.transpose(),
          users,
          1,
          (item, gram, sum) -> {
            System.arraycopy(gram, 0, grams, item * triangle, triangle);
            System.arraycopy(sum, 0, sums, item * RANK, RANK);
          });
      assertDeviation(als.gramDeviation(), grams, exact[0]);
      assertDeviation(als.sumDeviation(), sums, exact[1]);
      assertDeviation(als.countDeviation(), als.releaseCounts(byUser), exact[3]);
      double[] many = new double[triangle * 500];
      double[] truth = new double[many.length];
      for (int sweep = 0; sweep < 500; sweep++) {
        System.arraycopy(als.releaseAllUsers(users, sweep), 0, many, sweep * triangle, triangle);
        System.arraycopy(exact[2], 0, truth, sweep * triangle, triangle);
      }
      assertDeviation(als.allUsersDeviation(), many, truth);
    }
  }

  private static void assertDeviation(double expected, double[] released, double[] exact) {
    double deviation = distance(released, exact) / Math.sqrt(exact.length);
    assertEquals(expected, deviation, 4 * expected / Math.sqrt(2.0 * exact.length));
  }

  @Test
  void spent_isWhatWasPromised() {
    try (Workers workers = new Workers(1)) {
      for (double epsilon : new double[] {0.1, 1, 8}) {
        for (int sweeps : new int[] {1, 3, 16}) {
          PrivateAls als =
              new PrivateAls(OPTIONS.withSweeps(sweeps), privacy(epsilon, "s"), workers);
          assertEquals(epsilon, als.spent().epsilon(1e-5), 1e-6 * epsilon);
        }
      }
    }
  }

  @Test
  void factors_areTheSameBits_onAnyNumberOfThreads_andInPieces_andOtherWithAnotherSecret() {
    SparseMatrix planted = PlantedMatrix.of(300, 60, 4, 0.5, 0.01, 3);
    double[] one = items(planted, privacy(5, "s"), 1);
    assertArrayEquals(one, items(planted, privacy(5, "s"), 4));
    assertFalse(Arrays.equals(one, items(planted, privacy(5, "t"), 1)));
    try (Workers workers = new Workers(2)) {
      PrivateAls als = new PrivateAls(OPTIONS, privacy(5, "s"), workers);
      FactorState state = als.begin(planted);
      for (int sweep = 1; sweep <= 3; sweep++) {
        state = als.advance(planted, state, sweep, SweepListener.none(), Progress.none());
        assertEquals(sweep, state.sweeps());
        assertTrue(state.objective().isEmpty(), "a loss tells of the data");
      }
      assertArrayEquals(one, state.factors().byItems().columns());
      FactorState end = state;
      assertThrows(
          IllegalArgumentException.class,
          () -> als.advance(planted, end, 4, SweepListener.none(), Progress.none()));
    }
    for (double value : one) {
      assertTrue(value >= 0 && Double.isFinite(value));
    }
  }

  /** Users have had no noise: their vectors must not even say which factor comes first. */
  @Test
  void factors_standInAnOrderThatItemsAloneTell() {
    double[] items = items(PlantedMatrix.of(300, 60, 4, 0.5, 0.01, 3), privacy(5, "s"), 1);
    double[] sums = new double[OPTIONS.rank()];
    for (int i = 0; i < items.length; i++) {
      sums[i % sums.length] += items[i];
    }
    for (int f = 1; f < sums.length; f++) {
      assertTrue(sums[f - 1] >= sums[f], Arrays.toString(sums));
    }
  }

  private static double[] items(SparseMatrix matrix, DifferentialPrivacy privacy, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new PrivateAls(OPTIONS, privacy, workers)
          .fit(matrix, Progress.none())
          .factors()
          .columns();
    }
  }

  @Test
  void start_dependsOnTheItemsAlone() {
    try (Workers workers = new Workers(1)) {
      PrivateAls als = new PrivateAls(OPTIONS, privacy(1, "s"), workers);
      SparseMatrix all = random(new SplittableRandom(3), 20, 30);
      assertArrayEquals(
          als.begin(all).factors().columns(), als.begin(without(all, 4)).factors().columns());
    }
  }

  @Test
  void factors_withMuchBudget_tellPlantedGroupsApart_andWithLittleDoNot() {
    SparseMatrix planted = PlantedMatrix.of(3000, 60, 4, 0.5, 0.01, 3);
    double much = separation(items(planted, privacy(50, "s"), 2));
    double little = separation(items(planted, privacy(0.01, "s"), 2));
    assertTrue(much > 0.5 && little < 0.3, much + " and " + little);
  }

  /** Mean cosine of items of one planted group minus that of items of two. */
  private static double separation(double[] items) {
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < i; j++) {
        double dot = 0;
        double one = 1e-300;
        double other = 1e-300;
        for (int f = 0; f < RANK; f++) {
          dot += items[i * RANK + f] * items[j * RANK + f];
          one += items[i * RANK + f] * items[i * RANK + f];
          other += items[j * RANK + f] * items[j * RANK + f];
        }
        int same = i % 4 == j % 4 ? 0 : 1;
        sums[same] += dot / Math.sqrt(one) / Math.sqrt(other);
        counts[same]++;
      }
    }
    return sums[0] / counts[0] - sums[1] / counts[1];
  }
}
