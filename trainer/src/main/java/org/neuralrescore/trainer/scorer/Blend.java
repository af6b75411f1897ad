// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * How much the dot product counts beside what histories say: {@code ratio <user, item> + t}. Chosen
 * by the ranking of validation cases; a logistic loss over all items weighs what the head of a
 * ranking never sees, and its blend ranks worse than the better part alone.
 *
 * @param ratio a / b, 0 or above; 0: what histories say alone
 */
public record Blend(double ratio) {
  /** Tried, in units of the parts' largest values. */
  private static final double[] SHARES = {1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1, 2, 4, 8};

  /** Users whose largest values make the unit. */
  private static final int UNIT_USERS = 200;

  /** What histories say alone. */
  static final Blend WIDE_ALONE = new Blend(0);

  /** The dot product beside histories that say nothing. */
  private static final Blend DOT_AS_IT_IS = new Blend(1);

  /**
   * The best share on a few cases, then the best of that and the shares beside it on all. Where
   * factors are nought, histories alone, and where histories say nothing, the dot product as it is:
   * nothing beside either to weigh.
   *
   * @param few to find the neighbourhood on
   * @param cases to choose on
   */
  static Blend best(
      FactorModel model,
      WideFit told,
      RankingEvaluation evaluation,
      EvaluationSet few,
      EvaluationSet cases,
      Progress progress) {
    double unit = unit(model, told, few);
    if (unit == 0) {
      return DOT_AS_IT_IS;
    }
    if (!(unit > 0) || Double.isInfinite(unit)) {
      return WIDE_ALONE;
    }
    boolean more = cases.size() > few.size();
    try (Progress.Task task = progress.start("blend", SHARES.length + (more ? 3 : 0))) {
      Judge judge =
          (share, set) -> {
            double ndcg =
                evaluation
                    .evaluate(
                        new Blend(share * unit).ranker("blend", model, told), set, Progress.none())
                    .mean()
                    .ndcg();
            task.advance(1);
            task.note(String.format(Locale.ROOT, "%.3g: NDCG %.4f", share, ndcg));
            return ndcg;
          };
      int best = best(0, SHARES.length - 1, few, judge);
      if (more) {
        int from = Math.max(0, best - 1);
        int to = Math.min(SHARES.length - 1, best + 1);
        best = best(from, to, cases, judge);
        task.advance(2 - (to - from));
      }
      return new Blend(SHARES[best] * unit);
    }
  }

  private interface Judge {
    double ndcg(double share, EvaluationSet cases);
  }

  /** Of some shares, the first and the last among them, the first of those that rank best. */
  private static int best(int from, int to, EvaluationSet cases, Judge judge) {
    int best = from;
    double bestNdcg = Double.NEGATIVE_INFINITY;
    for (int share = from; share <= to; share++) {
      double ndcg = judge.ndcg(SHARES[share], cases);
      if (ndcg > bestNdcg) {
        best = share;
        bestNdcg = ndcg;
      }
    }
    return best;
  }

  /** The ratio at which both parts' largest values are alike in the mean. */
  private static double unit(FactorModel model, WideFit told, EvaluationSet cases) {
    EvaluationSet some = cases.sample(UNIT_USERS, new SplittableRandom(0));
    float[] scores = new float[model.encoder().items().rows()];
    double wide = 0;
    double dot = 0;
    ModelRanker dots =
        new ModelRanker(
            "dot",
            model.encoder(),
            new ScorerWeights(model.encoder().items().rank(), 1f, 0f, List.of()),
            Optional.empty());
    ModelRanker sums = WIDE_ALONE.ranker("wide", model, told);
    for (int c = 0; c < some.size(); c++) {
      sums.score(some.seen(), some.user(c), scores);
      wide += largest(scores);
      dots.score(some.seen(), some.user(c), scores);
      dot += largest(scores);
    }
    return wide / dot;
  }

  private static float largest(float[] scores) {
    float largest = 0f;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    return largest;
  }

  ModelRanker ranker(String label, FactorModel model, WideFit told) {
    return new ModelRanker(
        label,
        model.encoder(),
        new ScorerWeights(
            model.encoder().items().rank(),
            (float) ratio,
            0f,
            1f,
            List.of(),
            new ScorerInputs(List.of(), List.of()).withWide()),
        ItemFeatures.none(model.encoder().items().rows()),
        Optional.empty(),
        Optional.of(told.served()));
  }
}
