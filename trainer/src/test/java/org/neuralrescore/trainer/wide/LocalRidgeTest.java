// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.QRDecomposition;
import org.apache.mahout.math.stats.LogLikelihood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.RecordedTask;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.distilled.NaivePrefixes;
import org.neuralrescore.trainer.factors.distilled.PrefixMomentsTest;
import org.neuralrescore.trainer.factors.neighbour.CommonItems;
import org.neuralrescore.trainer.factors.neighbour.EaseInverse;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.planted.PlantedLines;

class LocalRidgeTest {
  private static final HistoryWeighting WEIGHTING = new HistoryWeighting(0.2, 1);
  private static final HistoryWeighting COUNTS =
      HistoryWeighting.uniform().withValues(CellValues.COUNT);
  private static final WideOptions ALL =
      WideOptions.defaults().withCandidates(256).withKept(256).withLambda(2);

  /** Some users with items of unequal popularity, rated from 1 to 5. */
  private static Histories random(int users, int items, int each) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < each; n++) {
        int item = (int) (items * Math.pow(random.nextDouble(), 1.6));
        lines.add("u" + u + ",i" + item + "," + (1 + random.nextInt(5)) + "," + (1000000000 + n));
      }
    }
    return PlantedLines.read(lines).histories();
  }

  private static ItemNeighbours learn(
      Histories histories, HistoryWeighting weighting, WideOptions options, int threads) {
    try (Workers workers = new Workers(threads)) {
      return LocalRidge.learn(histories, weighting, options, workers);
    }
  }

  private static float weight(ItemNeighbours neighbours, int speaker, int item) {
    for (int p = neighbours.start(item); p < neighbours.end(item); p++) {
      if (neighbours.items()[p] == speaker) {
        return neighbours.weights()[p];
      }
    }
    return 0f;
  }

  private static Matrix ones(Histories histories) {
    Matrix x = new DenseMatrix(histories.userCount(), histories.itemCount());
    for (int u = 0; u < histories.userCount(); u++) {
      for (int p = histories.start(u); p < histories.end(u); p++) {
        x.set(u, histories.item(p), 1);
      }
    }
    return x;
  }

  /** {@code (X_S'X_S + lambda I)^-1 X_S'y}, dense; by all items, 0 where not in S. */
  private static double[] denseRidge(Matrix x, double[] y, int[] chosen, double lambda) {
    Matrix gram = new DenseMatrix(chosen.length, chosen.length);
    Matrix right = new DenseMatrix(chosen.length, 1);
    for (int a = 0; a < chosen.length; a++) {
      for (int b = 0; b < chosen.length; b++) {
        gram.set(
            a, b, x.viewColumn(chosen[a]).dot(x.viewColumn(chosen[b])) + (a == b ? lambda : 0));
      }
      for (int row = 0; row < y.length; row++) {
        right.set(a, 0, right.get(a, 0) + x.get(row, chosen[a]) * y[row]);
      }
    }
    Matrix solution = new QRDecomposition(gram).solve(right);
    double[] all = new double[x.columnSize()];
    for (int a = 0; a < chosen.length; a++) {
      all[chosen[a]] = solution.get(a, 0);
    }
    return all;
  }

  private static double[] column(Matrix x, int column) {
    double[] values = new double[x.rowSize()];
    Arrays.setAll(values, row -> x.get(row, column));
    return values;
  }

  private static float cosine(Matrix x, int one, int other) {
    double both = x.viewColumn(one).dot(x.viewColumn(other));
    double square =
        x.viewColumn(one).dot(x.viewColumn(one)) * x.viewColumn(other).dot(x.viewColumn(other));
    return both == 0 ? 0 : (float) (both / Math.sqrt(square));
  }

  /** The K nearest by cosine, equal ones by row. */
  private static int[] nearest(Matrix x, int item, int most) {
    return nearest(x, item, most, other -> true);
  }

  /** As above, of some. */
  private static int[] nearest(Matrix x, int item, int most, IntPredicate among) {
    return IntStream.range(0, x.columnSize())
        .filter(other -> other != item && cosine(x, item, other) > 0)
        .filter(among)
        .boxed()
        .sorted(Comparator.comparingDouble(other -> -cosine(x, item, other)))
        .limit(most)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void weights_ofEach_areTheShareOfThoseWhoHaveTheNeighbour_shrunk(int kept) {
    Histories histories = random(60, 40, 12);
    Matrix x = ones(histories);
    WideOptions options =
        WideOptions.defaults(Direction.EACH)
            .withCloseness(Closeness.COSINE)
            .withCandidates(9)
            .withKept(kept)
            .withLambda(3);
    // No pair of neighbours is summed, so an item may have any number of users.
    ItemNeighbours learned = learn(histories, WEIGHTING, options.withMaxUsers(2), 2);
    int most = 0;
    for (int item = 0; item < x.columnSize(); item++) {
      int target = item;
      // An item speaks for the nine nearest to it, and is heard where it is among the nearest.
      Set<Integer> speakers =
          Arrays.stream(nearest(x, item, kept, o -> contains(nearest(x, o, 9), target)))
              .boxed()
              .collect(Collectors.toSet());
      most = Math.max(most, speakers.size());
      for (int other = 0; other < x.columnSize(); other++) {
        double both = x.viewColumn(other).dot(x.viewColumn(item));
        double own = x.viewColumn(other).zSum();
        double expected = speakers.contains(other) ? both / (own + 3) : 0;
        assertEquals(expected, weight(learned, other, item), 1e-6, other + " " + item);
      }
    }
    assertTrue(kept == 3 ? most == 3 : most > 9, "heard " + most);
  }

  @ParameterizedTest
  @EnumSource
  void weights_ofNear_areHowNearBothAre_shrunkWhereFewHaveBoth(Closeness closeness) {
    Histories histories = random(60, 40, 12);
    Matrix x = ones(histories);
    WideOptions options =
        WideOptions.defaults(Direction.NEAR)
            .withCloseness(closeness)
            .withCandidates(40)
            .withLambda(3);
    ItemNeighbours learned = learn(histories, WEIGHTING, options.withMaxUsers(2), 2);
    assertTrue(learned.size() > 200, "weights: " + learned.size());
    for (int item = 0; item < x.columnSize(); item++) {
      for (int other = 0; other < x.columnSize(); other++) {
        double both = x.viewColumn(other).dot(x.viewColumn(item));
        double expected =
            item == other || both == 0
                ? 0
                : both / (both + 3) * Math.max(0, closeness(closeness, x, both, item, other));
        assertEquals(expected, weight(learned, other, item), 1e-5, other + " " + item);
      }
    }
  }

  private static double closeness(Closeness how, Matrix x, double both, int item, int other) {
    long one = (long) x.viewColumn(item).zSum();
    long two = (long) x.viewColumn(other).zSum();
    return how == Closeness.COSINE
        ? cosine(x, item, other)
        : LogLikelihood.rootLogLikelihoodRatio(
            (long) both,
            one - (long) both,
            two - (long) both,
            x.rowSize() - one - two + (long) both);
  }

  private static boolean contains(int[] items, int item) {
    return Arrays.stream(items).anyMatch(one -> one == item);
  }

  @Test
  void weights_ofEach_thatVanish_areLeftOut() {
    WideOptions options = WideOptions.defaults(Direction.EACH).withLambda(1e300);
    ItemNeighbours learned = learn(random(60, 40, 12), WEIGHTING, options, 2);
    assertEquals(0, learned.size());
  }

  @Test
  void weights_areThoseOfADenseRidgeOverTheNearest_withoutThoseBelowZero() {
    Histories histories = random(60, 40, 12);
    Matrix x = ones(histories);
    ItemNeighbours learned =
        learn(histories, WEIGHTING, ALL.withCandidates(9).withKept(9).withLambda(3), 2);
    int below = 0;
    for (int item = 0; item < x.columnSize(); item++) {
      double[] expected = denseRidge(x, column(x, item), nearest(x, item, 9), 3);
      for (int other = 0; other < expected.length; other++) {
        below += expected[other] < 0 ? 1 : 0;
        assertEquals(
            Math.max(0, expected[other]), weight(learned, other, item), 1e-5, other + " " + item);
      }
    }
    assertTrue(below > 20, "some are cut: " + below);
  }

  /** Dense, and so that many pairs of items have no user in common. */
  @ParameterizedTest
  @CsvSource({"80, 10", "30, 3"})
  void allItemsAsNeighbours_areEase(int users, int each) {
    Histories histories = random(users, 14, each);
    ItemNeighbours learned = learn(histories, WEIGHTING, ALL, 1);
    ItemNeighbours signed = learn(histories, WEIGHTING, ALL.withDirection(Direction.SIGNED), 1);
    try (Workers workers = new Workers(1)) {
      CommonItems items = CommonItems.of(histories.toMatrix(), Integer.MAX_VALUE);
      double[][] p = EaseInverse.of(histories.toMatrix(), items, 2, workers);
      int positive = 0;
      int negative = 0;
      for (int a = 0; a < items.size(); a++) {
        for (int b = 0; b < items.size(); b++) {
          double ease = a == b ? 0 : -p[a][b] / p[b][b];
          if (each == 10) {
            assertEquals(Math.max(0, ease), weight(learned, items.item(a), items.item(b)), 1e-5);
          }
          assertEquals(ease, weight(signed, items.item(a), items.item(b)), 1e-5);
          positive += ease > 0 ? 1 : 0;
          negative += ease < 0 ? 1 : 0;
        }
      }
      assertTrue(positive > 40 && negative > 30, positive + " above 0, " + negative + " below");
    }
  }

  @Test
  void whatComesNext_isTheRegressionOnWhatCameBefore_bothSignsKept() {
    Histories histories = PrefixMomentsTest.histories(6);
    WideOptions options = ALL.withDirection(Direction.NEXT);
    ItemNeighbours learned = learn(histories, WEIGHTING, options, 2);
    Matrix x = new DenseMatrix(new NaivePrefixes(histories, WEIGHTING).byItem);
    double least = 0;
    for (int item = 0; item < histories.itemCount(); item++) {
      double[] y = new double[histories.size()];
      for (int p = 0; p < y.length; p++) {
        y[p] = histories.item(p) == item ? 1 : 0;
      }
      double[] expected = denseRidge(x, y, before(x, item), 2);
      for (int other = 0; other < expected.length; other++) {
        assertEquals(expected[other], weight(learned, other, item), 1e-5, other + " " + item);
        least = Math.min(least, expected[other]);
      }
    }
    assertTrue(least < 0, "some speak against others: " + least);
  }

  /** All others that came before anything at all. */
  private static int[] before(Matrix x, int item) {
    return IntStream.range(0, x.columnSize())
        .filter(other -> other != item && x.viewColumn(other).zSum() > 0)
        .toArray();
  }

  @Test
  void weightedHistories_areTheirWeightedSquares() {
    Histories histories = random(50, 20, 8);
    HistoryWeighting rated = new HistoryWeighting(1, 1, CellValues.RATING);
    ItemNeighbours learned = learn(histories, rated, ALL, 1);
    Matrix x = new DenseMatrix(histories.userCount(), histories.itemCount());
    for (int u = 0; u < histories.userCount(); u++) {
      for (int p = histories.start(u); p < histories.end(u); p++) {
        x.set(u, histories.item(p), CellValues.RATING.of(histories, p));
      }
    }
    for (int item = 0; item < x.columnSize(); item++) {
      double[] expected = denseRidge(x, column(x, item), nearest(x, item, 256), 2);
      for (int other = 0; other < expected.length; other++) {
        assertEquals(Math.max(0, expected[other]), weight(learned, other, item), 1e-5);
      }
    }
  }

  @Test
  void theLargestAreKept() {
    Histories histories = random(60, 40, 12);
    ItemNeighbours all = learn(histories, WEIGHTING, ALL, 1);
    ItemNeighbours few = learn(histories, WEIGHTING, ALL.withKept(3), 1);
    for (int item = 0; item < histories.itemCount(); item++) {
      float[] weights = Arrays.copyOfRange(all.weights(), all.start(item), all.end(item));
      float[] kept = Arrays.copyOfRange(few.weights(), few.start(item), few.end(item));
      Arrays.sort(weights);
      Arrays.sort(kept);
      int n = Math.min(3, weights.length);
      assertArrayEquals(
          Arrays.copyOfRange(weights, weights.length - n, weights.length), kept, "item " + item);
    }
  }

  /** Two users with the same two items, over and over. */
  private static Histories ofTwoUsers() {
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (String user : List.of("u0", "u1")) {
      for (int n = 0; n < 10; n++) {
        lines.add(user + ",i" + n % 2 + ",5," + (1_000_000_000 + 1_000 * n));
      }
    }
    return PlantedLines.read(lines).histories();
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void pairsOfTooFewUsers_haveNoWeight_howeverOftenTheyTouchedThem(Direction direction) {
    Histories histories = ofTwoUsers();
    HistoryWeighting counted = new HistoryWeighting(1, 1, CellValues.COUNT);
    WideOptions options = ALL.withDirection(direction);
    assertTrue(learn(histories, counted, options.withMinTogether(2), 1).size() > 0);
    assertEquals(0, learn(histories, counted, options.withMinTogether(3), 1).size());
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void anyNumberOfThreads_givesTheSameBits(Direction direction) {
    Histories histories = random(90, 70, 15);
    WideOptions options = ALL.withDirection(direction).withCandidates(20).withKept(10);
    ItemNeighbours one = learn(histories, WEIGHTING, options, 1);
    for (int threads : new int[] {2, 5}) {
      ItemNeighbours more = learn(histories, WEIGHTING, options, threads);
      assertArrayEquals(one.offsets(), more.offsets());
      assertArrayEquals(one.items(), more.items());
      assertArrayEquals(one.weights(), more.weights());
    }
  }

  @Test
  void bothWaysToCountPairs_agree() {
    Histories histories = random(200, 30, 20);
    TogetherMoments.Rows counted = new TogetherMoments.Rows(histories.toMatrix(), true);
    int n = 20;
    int[] chosen = new int[n];
    Arrays.setAll(chosen, i -> i);
    double[][] gram = new double[n][n];
    new TogetherMoments(counted).addTo(0, new Neighbourhood(chosen, new double[n]), gram);
    Matrix x = ones(histories);
    UserBits bits = UserBits.of(histories.toMatrix().transpose());
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        double expected = x.viewColumn(a).dot(x.viewColumn(b));
        assertEquals(expected, gram[a][b]);
        assertEquals(expected, bits.common(a, b));
      }
    }
  }

  @Test
  void llr_choosesWhatIsSurprising() {
    Histories histories = random(60, 40, 12);
    WideOptions few = ALL.withCandidates(2).withKept(2);
    ItemNeighbours cosine = learn(histories, WEIGHTING, few, 1);
    ItemNeighbours surprising = learn(histories, WEIGHTING, few.withCloseness(Closeness.LLR), 1);
    assertTrue(surprising.size() > 0);
    assertTrue(!Arrays.equals(cosine.items(), surprising.items()));
  }

  /** Nearness is of who touched both: that everybody touched everything seven times is no news. */
  @ParameterizedTest
  @EnumSource(Direction.class)
  void llr_ofQuantities_findsTheSameNeighbours(Direction direction) {
    WideOptions options =
        WideOptions.defaults(direction)
            .withCloseness(Closeness.LLR)
            .withCandidates(6)
            .withKept(200)
            .withLambda(2);
    ItemNeighbours once = learn(counted(1), COUNTS, options, 1);
    ItemNeighbours often = learn(counted(7), COUNTS, options, 1);
    assertTrue(once.size() > 20, "neighbours: " + once.size());
    assertArrayEquals(once.offsets(), often.offsets());
    assertArrayEquals(once.items(), often.items());
  }

  /** Grams: beside their squares a bare ridge would be lost in the last digits. */
  @ParameterizedTest
  @EnumSource(Direction.class)
  void weights_ofGrams_areLearned_andNoneIsBeyondReason(Direction direction) {
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    SplittableRandom random = new SplittableRandom(7);
    for (int u = 0; u < 60; u++) {
      for (int n = 0; n < 8; n++) {
        lines.add("u" + u + ",i" + random.nextInt(24) + ",400000007," + (1000000000 + n));
      }
    }
    // Of one user each: nothing is apart but what they weigh.
    for (int u = 0; u < 20; u++) {
      for (int n = 0; n < 3; n++) {
        int grams = 300_000_000 + random.nextInt(600_000_000);
        lines.add("only" + u + ",of" + u + "-" + n + "," + grams + "," + (1000000000 + n));
      }
    }
    ItemNeighbours learned =
        learn(
            PlantedLines.readQuantities(lines).histories(),
            COUNTS,
            WideOptions.defaults(direction),
            1);
    assertTrue(learned.size() > 20, "neighbours: " + learned.size());
    for (float weight : learned.weights()) {
      assertTrue(Math.abs(weight) < 10, "weight " + weight);
    }
  }

  /** Two groups of users with items of their own; every line as often. */
  private static Histories counted(int times) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < 60; u++) {
      for (int n = 0; n < 8; n++) {
        int item = 12 * (u % 2) + random.nextInt(12);
        for (int time = 0; time < times; time++) {
          lines.add("u" + u + ",i" + item + ",4," + (1000000000 + n));
        }
      }
    }
    return PlantedLines.read(lines).histories();
  }

  /** Where there are no times the order of lines says what came first. */
  @Test
  void next_withoutTimes_tellsBeforeFromBehind() {
    Histories forth = lines("a", "b");
    Histories back = lines("b", "a");
    ItemNeighbours learned = learn(forth, HistoryWeighting.uniform(), next(forth), 1);
    int a = forth.item(forth.start(0));
    int b = forth.item(forth.start(0) + 1);
    assertTrue(
        weight(learned, a, b) > 0.4 && weight(learned, b, a) <= 0,
        weight(learned, a, b) + " and " + weight(learned, b, a));
    ItemNeighbours turned = learn(back, HistoryWeighting.uniform(), next(back), 1);
    assertTrue(weight(turned, back.item(back.start(0)), back.item(back.start(0) + 1)) > 0.4);
  }

  private static WideOptions next(Histories histories) {
    return ALL.withDirection(Direction.NEXT).withCandidates(histories.itemCount());
  }

  /** Sixty users with both and one of their own, in a file without times. */
  private static Histories lines(String first, String second) {
    List<String> lines = new ArrayList<>(List.of("userId,movieId"));
    for (int u = 0; u < 60; u++) {
      for (String item : List.of(first, second, "own" + u)) {
        lines.add("u" + u + "," + item);
      }
    }
    return PlantedLines.readWithoutTimes(lines).histories();
  }

  @Test
  void bounds_keepTheNewestAndTheSameUsersOfAllItems() {
    Histories histories = random(100, 10, 9);
    Histories bounded = new Bounds(3, 20).apply(histories);
    int[] popularity = bounded.popularity();
    for (int count : popularity) {
      assertTrue(count <= 20, "users " + count);
    }
    int largest = 0;
    for (int u = 0; u < bounded.userCount(); u++) {
      largest = Math.max(largest, bounded.length(u));
      for (int p = bounded.start(u); p < bounded.end(u); p++) {
        assertTrue(newest(histories, u, bounded.item(p)) < 3);
      }
    }
    assertEquals(3, largest);
    assertEquals(histories, new Bounds(9, 100).apply(histories));
  }

  /** How many interactions of a user came after an item. */
  private static int newest(Histories histories, int user, int item) {
    int after = 0;
    for (int p = histories.end(user) - 1; histories.item(p) != item; p--) {
      after++;
    }
    return after;
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void learn_tellsHowManyItemsAreDone(Direction direction) {
    Histories histories = random(40, 50, 8);
    WideOptions options = WideOptions.defaults().withDirection(direction);
    RecordedTask task = new RecordedTask();
    try (Workers workers = new Workers(2)) {
      LocalRidge.learn(histories, HistoryWeighting.uniform(), options, workers, task);
    }

    assertEquals(LocalRidge.units(histories, options), task.sum());
    assertTrue(task.told().size() > 1, "told once, at the end");
  }
}
