// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.eval.baseline.BaselineOptions;

/** Learns and evaluates baselines on the cases that a model is evaluated on. */
public final class BaselineRun {
  private BaselineRun() {}

  /**
   * One survey a baseline, in the order asked for, over the same cases in the same order as {@link
   * Training#run} reports them for equal data and options.
   */
  public static List<RankingSurvey> run(
      Interactions data, TrainingOptions options, List<Baseline> baselines, Progress progress) {
    if (baselines.isEmpty()) {
      return List.of();
    }
    Split split = options.split(data);
    try (Workers workers = new Workers(options.threads())) {
      BaselineOptions same =
          new BaselineOptions(options.weighting(), options.factors().rank(), options.seed());
      return run(split, same, options.cutoff(), baselines, workers, progress);
    }
  }

  /**
   * One survey a baseline, in the order asked for.
   *
   * @param split baselines learn from {@code refit} and are asked the cases of {@code test}
   * @param options as of the model beside them
   */
  public static List<RankingSurvey> run(
      Split split,
      BaselineOptions options,
      int cutoff,
      List<Baseline> baselines,
      Workers workers,
      Progress progress) {
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    ItemPopularity popularity = ItemPopularity.of(split.refit());
    List<RankingSurvey> surveys = new ArrayList<>();
    for (Baseline baseline : baselines) {
      Ranker ranker;
      try (Progress.Task task = progress.start("learn " + baseline.label(), 1)) {
        ranker = baseline.learn(split.refit(), options, workers);
        task.advance(1);
      }
      surveys.add(evaluation.survey(ranker, split.test(), popularity, progress));
    }
    return surveys;
  }
}
