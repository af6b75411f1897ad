// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.base.progress.RecordedTask;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.scorer.feature.FeatureSource;
import org.neuralrescore.trainer.wide.WideOptions;

class BlendTest {
  /** Six tastes; nothing in order. */
  private static Split tastes() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < 300; u++) {
      int n = 0;
      int first = 20 * (u % 6);
      for (int item : random.ints(first, first + 20).distinct().limit(9).toArray()) {
        lines.add("u" + u + ",i" + item + ",5," + (1_000_000_000L + 3_600L * n++));
      }
    }
    return new LeaveLastOut().split(PlantedLines.read(lines));
  }

  private static FactorModel model(Split split, Workers workers) {
    return FactorModel.learn(
        RowScheme.users().of(split.fit()),
        ImplicitAlsOptions.defaults().withRank(6).solver(workers, new LearnedWeights()),
        EncoderOptions.defaults(),
        FactorSolver::fit,
        Progress.none());
  }

  private static WideFit told(FactorModel model, Blend blend, Workers workers) {
    return WideFit.learn(
        model, new WideChoice(WideOptions.defaults(), 1, blend), workers, Progress.none());
  }

  /** Nobody has touched any two items together. */
  @Test
  void best_whereHistoriesSayNothing_isTheDotProductAsItIs() {
    Split split = tastes();
    try (Workers workers = new Workers(2)) {
      FactorModel model = model(split, workers);
      WideFit silent =
          WideFit.learn(
              model,
              new WideChoice(WideOptions.defaults().withMinTogether(1_000), 1, Blend.WIDE_ALONE),
              workers,
              Progress.none());
      RankingEvaluation evaluation = new RankingEvaluation(10, workers);
      Blend best =
          Blend.best(
              model, silent, evaluation, split.validation(), split.validation(), Progress.none());
      assertEquals(1, best.ratio());
      RankingReport both =
          evaluation.evaluate(
              best.ranker("both", model, silent), split.validation(), Progress.none());
      RankingReport wide =
          evaluation.evaluate(
              Blend.WIDE_ALONE.ranker("wide", model, silent), split.validation(), Progress.none());
      RankingReport dot = new RankingReport("dot", 10, both.cases());
      assertEquals(ScorerChoice.Variant.DOT, LinearChoice.of(dot, wide, both, 1).variant());
    }
  }

  @Test
  void linear_isCalibrated_andStaysTheBlend() {
    Split split = tastes();
    try (Workers workers = new Workers(2)) {
      FactorModel model = model(split, workers);
      ScorerFit fit =
          new ScorerFit(
              model,
              ScorerOptions.defaults(),
              FeatureSource.none(),
              workers,
              1,
              PartRanking.here());
      WideFit told = told(model, new Blend(0.7), workers);
      ScorerWeights both = fit.linear(told, told.blend());
      assertEquals(0.7, both.dotScale() / both.wideScale(), 1e-6);
      assertTrue(both.wideScale() > 0);
      ScorerWeights alone = fit.linear(told, Blend.WIDE_ALONE);
      assertEquals(0f, alone.dotScale());
    }
  }

  @Test
  void best_ranksValidationNoWorseThanAnyOtherShareTried() {
    Split split = tastes();
    try (Workers workers = new Workers(2)) {
      FactorModel model = model(split, workers);
      WideFit told = told(model, Blend.WIDE_ALONE, workers);
      RankingEvaluation evaluation = new RankingEvaluation(10, workers);
      Blend best =
          Blend.best(
              model, told, evaluation, split.validation(), split.validation(), Progress.none());
      assertTrue(best.ratio() > 0);
      double ndcg = ndcg(best, model, told, evaluation, split);
      for (double times : new double[] {0.5, 2}) {
        double other = ndcg(new Blend(best.ratio() * times), model, told, evaluation, split);
        assertTrue(ndcg >= other, ndcg + " against " + other + " at " + times);
      }
    }
  }

  @Test
  void best_ofFewCases_isSettledOnAll_amongItsNeighbours() {
    Split split = tastes();
    try (Workers workers = new Workers(2)) {
      FactorModel model = model(split, workers);
      WideFit told = told(model, Blend.WIDE_ALONE, workers);
      RankingEvaluation evaluation = new RankingEvaluation(10, workers);
      EvaluationSet all = split.validation();
      RecordedTask task = new RecordedTask();
      for (long seed = 0; seed < 5; seed++) {
        EvaluationSet few = all.sample(12, new SplittableRandom(seed));
        Blend first = Blend.best(model, told, evaluation, few, few, Progress.none());
        Blend best = Blend.best(model, told, evaluation, few, all, (name, total) -> task);
        double steps = Math.log(best.ratio() / first.ratio()) / Math.log(2);
        assertTrue(Math.abs(steps) < 1.5, "moved by " + steps);
        double own = ndcg(best, model, told, evaluation, split);
        assertTrue(own >= ndcg(first, model, told, evaluation, split));
      }
      assertEquals(5 * (8 + 3), task.sum());
    }
  }

  private static double ndcg(
      Blend blend, FactorModel model, WideFit told, RankingEvaluation evaluation, Split split) {
    return evaluation
        .evaluate(blend.ranker("blend", model, told), split.validation(), Progress.none())
        .mean()
        .ndcg();
  }

  /** So many cases of a figure each, every other one moved up and down. */
  private static RankingReport report(String label, double ndcg, double noise) {
    return new RankingReport(
        label,
        10,
        IntStream.range(0, 40)
            .mapToObj(c -> new CaseMetrics(1, ndcg + (c % 2 == 0 ? noise : -noise), 1, 1, 1))
            .toList());
  }

  @Test
  void linearChoice_isTheBetterPart_unlessTheBlendIsLikelyBetter() {
    RankingReport low = report("low", 0.2, 0);
    RankingReport high = report("high", 0.3, 0);
    RankingReport perhaps = report("perhaps", 0.202, 0.1);
    assertEquals(ScorerChoice.Variant.DOT, LinearChoice.of(high, low, low, 1).variant());
    assertEquals(ScorerChoice.Variant.WIDE, LinearChoice.of(low, high, low, 1).variant());
    assertEquals(ScorerChoice.Variant.BOTH, LinearChoice.of(low, low, high, 1).variant());
    RankingReport level = report("blend", 0.2, 0.001);
    LinearChoice unsure = LinearChoice.of(perhaps, low, level, 1);
    assertEquals(ScorerChoice.Variant.DOT, unsure.variant());
    assertTrue(unsure.reason().contains("perhaps alone, for the blend"), unsure.reason());
    // Level with a part that does not vary: better in half of the draws.
    assertEquals(ScorerChoice.Variant.WIDE, LinearChoice.of(low, low, level, 1).variant());
    LinearChoice likely = LinearChoice.of(low, low, report("blend", 0.2002, 0.001), 1);
    assertEquals(ScorerChoice.Variant.BOTH, likely.variant());
    assertTrue(likely.reason().contains("60.0 % asked for"), likely.reason());
    // A blend that adds nothing to a part is that part, or the other where that ranks better.
    assertEquals(ScorerChoice.Variant.DOT, LinearChoice.of(perhaps, low, low, 1).variant());
    assertEquals(ScorerChoice.Variant.WIDE, LinearChoice.of(low, low, low, 1).variant());
  }
}
