// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.eval.baseline.BaselineOptions;
import org.neuralrescore.trainer.planted.PlantedLines;

class BaselineRunTest {
  private static final int GROUPS = 4;
  private static final BaselineOptions OPTIONS = new BaselineOptions(16, 42, 0);

  /** The newest thing alone. */
  private static final HistoryWeighting NEWEST = new HistoryWeighting(0.001, 0.01);

  private static Interactions data;

  /** A day apart: six things of a taste, something of anybody's, and two of the taste. */
  @BeforeAll
  static void plant() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int user = 0; user < 200; user++) {
      int[] own = random.ints(0, 20).distinct().limit(8).toArray();
      for (int day = 0; day < 10; day++) {
        int item =
            day == 6 || day == 7
                ? GROUPS * 20 + random.nextInt(40)
                : own[day < 6 ? day : day - 2] * GROUPS + user % GROUPS;
        lines.add(String.join(",", "u" + user, "i" + item, "1", "" + day * 86_400));
      }
    }
    data = PlantedLines.read(lines);
  }

  private static List<MeasuredBaseline> run(HistoryWeighting model, List<Baseline> baselines) {
    Split split = new LeaveLastOut().split(data);
    try (Workers workers = new Workers(2)) {
      return BaselineRun.run(split, OPTIONS, model, 10, baselines, workers, Progress.none());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Baseline.class, names = "POPULARITY", mode = EnumSource.Mode.EXCLUDE)
  void run_besideAModelOfAnotherRecency_measuresEachAtItsOwn(Baseline baseline) {
    MeasuredBaseline measured = run(NEWEST, List.of(baseline)).get(0);
    assertNotEquals(NEWEST, measured.weighting());
    Split split = new LeaveLastOut().split(data);
    try (Workers workers = new Workers(2)) {
      RankingEvaluation evaluation = new RankingEvaluation(10, workers);
      var learned = baseline.learn(split.refit(), chosen(measured), workers);
      double own = measured.survey().ranking().mean().ndcg();
      double models =
          evaluation
              .evaluate(learned.weighing(NEWEST), split.test(), Progress.none())
              .mean()
              .ndcg();
      assertTrue(own > models + 0.02, own + " against " + models);
      assertEquals(
          evaluation
              .evaluate(learned.weighing(measured.weighting()), split.test(), Progress.none())
              .mean(),
          measured.survey().ranking().mean());
    }
  }

  /** The options of which the values that were reported are made. */
  private static BaselineOptions chosen(MeasuredBaseline measured) {
    return measured
        .regularisation()
        .map(
            set -> {
              var all = measured.baseline().regularisation().orElseThrow();
              return OPTIONS.withStrength(all.values().indexOf(set.value()) - all.steps());
            })
        .orElse(OPTIONS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Baseline.class,
      names = {"EASE", "IALS"})
  void run_learnsWithTheRegularisation_behindWhichNoStepIsBetterOnValidation(Baseline baseline) {
    MeasuredBaseline measured = run(HistoryWeighting.uniform(), List.of(baseline)).get(0);
    var all = baseline.regularisation().orElseThrow();
    int chosen = chosen(measured).strength();
    assertNotEquals(0, chosen, "the usual one suits this data: it says nothing of the choice");
    int direction = Integer.signum(chosen);
    double last = ndcg(baseline, measured, 0);
    for (int step = direction; step != chosen + direction; step += direction) {
      double next = ndcg(baseline, measured, step);
      assertTrue(next > last, step + ": " + next + " behind " + last);
      last = next;
    }
    if (Math.abs(chosen) < all.steps()) {
      assertTrue(ndcg(baseline, measured, chosen + direction) <= last);
    }
  }

  private static double ndcg(Baseline baseline, MeasuredBaseline measured, int strength) {
    Split split = new LeaveLastOut().split(data);
    try (Workers workers = new Workers(2)) {
      return new RankingEvaluation(10, workers)
          .evaluate(
              baseline
                  .learn(split.fit(), OPTIONS.withStrength(strength), workers)
                  .weighing(measured.weighting()),
              split.validation(),
              Progress.none())
          .mean()
          .ndcg();
    }
  }

  @Test
  void run_keepsTheOrderAskedFor_andLeavesPopularityAlone() {
    List<Baseline> asked = List.of(Baseline.LLR, Baseline.POPULARITY, Baseline.ITEM_KNN);
    List<MeasuredBaseline> measured = run(NEWEST, asked);
    assertEquals(asked, measured.stream().map(MeasuredBaseline::baseline).toList());
    assertEquals(NEWEST, measured.get(1).weighting());
    assertTrue(measured.stream().allMatch(one -> one.regularisation().isEmpty()));
  }
}
