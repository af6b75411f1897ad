// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.wide.WideModel;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * How what histories say is learned: of several ways the one that alone ranks validation cases
 * best, of equal ones the first. None is simpler than the others, so none has to be surely better
 * than another; whether any of them ships at all is asked by the bar of all choices.
 *
 * @param options of that way
 * @param tried how many ways were asked for; a single one is taken as it is
 * @param blend of the dot product with it that ranks validation cases best
 */
public record WideChoice(WideOptions options, int tried, Blend blend) {

  static WideChoice of(
      List<WideOptions> ways,
      FactorModel model,
      RankingEvaluation evaluation,
      EvaluationSet cases,
      Workers workers,
      Progress progress) {
    WideOptions best = ways.get(0);
    if (ways.size() > 1) {
      double bestNdcg = Double.NEGATIVE_INFINITY;
      try (Progress.Task task = progress.start("ways of wide", ways.size())) {
        for (WideOptions way : ways) {
          WideModel told = WideFit.served(model, way, workers);
          double ndcg =
              evaluation
                  .evaluate(new WideRanker("wide", told), cases, Progress.none())
                  .mean()
                  .ndcg();
          if (ndcg > bestNdcg) {
            best = way;
            bestNdcg = ndcg;
          }
          task.advance(1);
          task.note(String.format(Locale.ROOT, "%s: NDCG %.4f", way.describe(), ndcg));
        }
      }
    }
    return new WideChoice(best, ways.size(), Blend.WIDE_ALONE);
  }

  /** The same with the dot product in a blend. */
  WideChoice in(Blend other) {
    return new WideChoice(options, tried, other);
  }

  /** A few words for a person. */
  String reason() {
    return "wide part: "
        + options.describe()
        + (tried > 1 ? ", alone the best of " + tried + " ways" : "");
  }
}
