// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/** Coverage, Gini, novelty and parts, each against figures worked out by hand. */
class BeyondAccuracyTest {
  private static final double TOLERANCE = 1e-12;
  private static final float SEEN = Float.NEGATIVE_INFINITY;

  @TempDir static Path folder;

  /** Four users: a was touched by all, b by two, c by one, d and e by nobody. */
  private static Interactions data() {
    String lines =
        """
        userId,movieId,rating,timestamp
        1,a,1,1
        1,b,1,2
        2,a,1,1
        2,b,1,2
        2,c,1,3
        3,a,1,1
        4,a,1,1
        """;
    return read(lines, List.of("d", "e"));
  }

  private static Interactions read(String lines, List<String> catalogue) {
    try {
      Path file = Files.writeString(folder.resolve("ratings.csv"), lines);
      return new InteractionReader(
              InteractionFormat.movieLensCsv(), ReadingRules.defaults().withCatalogue(catalogue))
          .read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BeyondAccuracy of(int cutoff, float[]... lists) {
    Exposure exposure = new Exposure(5, cutoff);
    for (float[] scores : lists) {
      exposure.add(scores);
    }
    return exposure.figures(ItemPopularity.of(data().histories()));
  }

  @Test
  void figures_ofListsWithoutTies() {
    // First lists a, b; then a, c: shares .5, .25, .25, 0, 0.
    BeyondAccuracy figures = of(2, new float[] {5, 4, 3, 2, 1}, new float[] {5, 3, 4, 2, 1});
    assertEquals(3 / 5.0, figures.coverage(), TOLERANCE);
    // Rising 0, 0, .25, .25, .5 with 2j - n - 1 = -4, -2, 0, 2, 4: (.5 + 2) / 4.
    assertEquals(2.5 / 4, figures.gini(), TOLERANCE);
    // Self-information: a 0, b 1, c 2 bits.
    assertEquals((0 + 1 + 0 + 2) / 4.0, figures.novelty(), TOLERANCE);
  }

  @Test
  void figures_countTiesForTheLastPlacesAtTheirChance() {
    // a is sure, b to e share one place.
    BeyondAccuracy one = of(2, new float[] {9, 1, 1, 1, 1});
    assertEquals((1 + 4 * 0.25) / 5, one.coverage(), TOLERANCE);
    // b 1 bit; c, and d and e as c, 2 bits: (0 + .25 (1 + 2 + 2 + 2)) / 2.
    assertEquals(0.25 * 7 / 2, one.novelty(), TOLERANCE);
    // Twice the same list: each of the four is in one of both with 1 - .75 * .75.
    BeyondAccuracy two = of(2, new float[] {9, 1, 1, 1, 1}, new float[] {9, 1, 1, 1, 1});
    assertEquals((1 + 4 * (1 - 0.75 * 0.75)) / 5, two.coverage(), TOLERANCE);
    assertEquals(one.gini(), two.gini(), TOLERANCE);
  }

  @Test
  void figures_ofAlwaysTheSameItem_andOfAllAlike() {
    BeyondAccuracy same = of(1, new float[] {2, 1, 0, 0, 0}, new float[] {2, 1, 0, 0, 0});
    assertEquals(1, same.gini(), TOLERANCE);
    BeyondAccuracy alike = of(1, new float[] {0, -0f, 0, 0, 0});
    assertEquals(0, alike.gini(), TOLERANCE);
    assertEquals(1 / 5.0, alike.coverage(), TOLERANCE);
  }

  @Test
  void figures_leaveOutWhatWasSeen_alsoWhereFewerItemsAreLeftThanTheCutoff() {
    BeyondAccuracy figures = of(4, new float[] {SEEN, SEEN, SEEN, -1e30f, 3});
    assertEquals(2 / 5.0, figures.coverage(), TOLERANCE);
    assertEquals(2, figures.novelty(), TOLERANCE);
    assertEquals(0, of(4, new float[] {SEEN, SEEN, SEEN, SEEN, SEEN}).coverage(), TOLERANCE);
  }

  @Test
  void groups_areCutAtFifthsOfInteractions_equalPopularityTogether() {
    ItemPopularity popularity = ItemPopularity.of(data().histories());
    // Of 7 interactions a has 4: nothing is before it, 4/7 before b, 6/7 before c.
    assertEquals(ItemPopularity.Group.HEAD, popularity.group(0));
    assertEquals(ItemPopularity.Group.MIDDLE, popularity.group(1));
    assertEquals(ItemPopularity.Group.TAIL, popularity.group(2));
    assertEquals(ItemPopularity.Group.UNTOUCHED, popularity.group(3));
    assertEquals(2, popularity.size(ItemPopularity.Group.UNTOUCHED));
  }

  /** Ranks items by row. */
  private record InOrder() implements Ranker {
    @Override
    public String label() {
      return "in order";
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = -i;
      }
    }
  }

  @Test
  void survey_dividesACaseAmongTheGroupsOfItsTargets() {
    Histories seen = data().histories();
    // User 3 has seen a and looks for b and d; user 4, likewise, for c.
    EvaluationSet set = new EvaluationSet(seen, new int[] {2, 3}, new int[][] {{1, 3}, {2}});
    RankingSurvey survey;
    try (Workers workers = new Workers(2)) {
      survey =
          new RankingEvaluation(2, workers)
              .survey(new InOrder(), set, ItemPopularity.of(seen), Progress.none());
    }
    assertEquals(
        List.of("middle", "tail", "untouched"),
        survey.byPopularity().stream().map(Slice::name).toList());
    // b is first, c second, d third, e fourth for both.
    assertEquals(1, survey.byPopularity().get(0).report().mean().ndcg(), TOLERANCE);
    assertEquals(
        Math.log(2) / Math.log(3), survey.byPopularity().get(1).report().mean().ndcg(), TOLERANCE);
    assertEquals(0, survey.byPopularity().get(2).report().mean().hitRate(), TOLERANCE);
    assertEquals(0.5, survey.ranking().cases().get(0).recall(), TOLERANCE);
    assertEquals(List.of("1 item"), survey.byHistory().stream().map(Slice::name).toList());
    assertEquals(2, survey.byHistory().get(0).report().cases().size());
  }

  /** Something that ties a lot and differs from user to user. */
  private record Drawn(long seed) implements Ranker {
    @Override
    public String label() {
      return "drawn";
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      SplittableRandom random = new SplittableRandom(seed + user);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(3);
      }
    }
  }

  @Test
  void survey_agreesWithEvaluate_andGivesTheSameBitsOnAnyNumberOfThreads() {
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    SplittableRandom random = new SplittableRandom(3);
    for (int u = 0; u < 300; u++) {
      for (int n = 0; n < 1 + u % 7; n++) {
        lines.append(u).append(',').append(random.nextInt(50)).append(",1,1\n");
      }
    }
    Histories seen = read(lines.toString(), List.of()).histories();
    int[] users = new int[seen.userCount()];
    int[][] targets = new int[users.length][];
    for (int u = 0; u < users.length; u++) {
      int target = random.nextInt(seen.itemCount());
      while (seen.contains(u, target)) {
        target = random.nextInt(seen.itemCount());
      }
      users[u] = u;
      targets[u] = new int[] {target};
    }
    EvaluationSet set = new EvaluationSet(seen, users, targets);
    RankingSurvey one = survey(set, 1);
    RankingSurvey three = survey(set, 3);
    assertEquals(one, three);
    assertEquals(
        set.size(),
        one.byHistory().stream().mapToInt(slice -> slice.report().cases().size()).sum());
    assertEquals(
        set.size(),
        one.byPopularity().stream().mapToInt(slice -> slice.report().cases().size()).sum());
    try (Workers workers = new Workers(2)) {
      assertEquals(
          one.ranking(),
          new RankingEvaluation(10, workers).evaluate(new Drawn(1), set, Progress.none()));
    }
  }

  private static RankingSurvey survey(EvaluationSet set, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new RankingEvaluation(10, workers)
          .survey(new Drawn(1), set, ItemPopularity.of(set.seen()), Progress.none());
    }
  }

  @Test
  void reliability_ofAFewRows_byHand() {
    float half = 0f;
    float ninth = (float) Math.log(1 / 9.0);
    // Four rows at .5, of them three positive; two rows at .1, none positive.
    Reliability reliability =
        Reliability.of(
            new float[] {half, half, half, half, ninth, ninth},
            new boolean[] {true, true, true, false, false, false});
    assertEquals(2, reliability.bins().size());
    assertEquals(0.75, reliability.bins().get(1).observed(), 1e-6);
    assertEquals(0.5, reliability.bins().get(1).low(), TOLERANCE);
    assertEquals((4 * 0.25 + 2 * 0.1) / 6, reliability.expectedError(), 1e-6);
    assertEquals((4 * 0.25 + 2 * 0.01) / 6, reliability.brier(), 1e-6);
    assertEquals((4 * 0.5 + 2 * 0.1) / 6, reliability.predicted(), 1e-6);
    assertEquals(0.5, reliability.observed(), TOLERANCE);
  }

  @Test
  void reliability_holdsExtremeLogits_andRefusesNoRows() {
    Reliability sure = Reliability.of(new float[] {1000f, -1000f}, new boolean[] {true, false});
    assertEquals(0, sure.expectedError(), TOLERANCE);
    assertEquals(2, sure.bins().size());
    assertThrows(
        IllegalArgumentException.class, () -> Reliability.of(new float[0], new boolean[0]));
    assertThrows(
        IllegalArgumentException.class, () -> Reliability.of(new float[1], new boolean[2]));
  }
}
