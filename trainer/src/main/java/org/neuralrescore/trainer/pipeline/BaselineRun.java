// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.eval.baseline.BaselineOptions;
import org.neuralrescore.trainer.eval.baseline.LearnedBaseline;

/**
 * Learns and evaluates baselines on the cases that a model is evaluated on, each with what {@link
 * BaselineChoice} found to suit it.
 */
public final class BaselineRun {
  private BaselineRun() {}

  /**
   * In the order asked for, over the same cases in the same order as {@link Training#run} reports
   * them for equal data and options.
   */
  public static List<MeasuredBaseline> run(
      Interactions data, TrainingOptions options, List<Baseline> baselines, Progress progress) {
    if (baselines.isEmpty()) {
      return List.of();
    }
    try (Workers workers = new Workers(options.threads())) {
      return run(
          options.split(data),
          BaselineOptions.beside(options.factors().rank(), options.seed()),
          options.weighting(),
          options.cutoff(),
          baselines,
          workers,
          progress);
    }
  }

  /**
   * In the order asked for.
   *
   * @param split recency and regularisation are chosen on {@code validation} after learning from
   *     {@code fit}; then baselines learn from {@code refit} and are asked the cases of {@code
   *     test}
   * @param model what histories weigh for the model beside them
   */
  public static List<MeasuredBaseline> run(
      Split split,
      BaselineOptions options,
      HistoryWeighting model,
      int cutoff,
      List<Baseline> baselines,
      Workers workers,
      Progress progress) {
    BaselineChoice choice = new BaselineChoice(split, options, model, cutoff, workers);
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    ItemPopularity popularity = ItemPopularity.of(split.refit());
    List<MeasuredBaseline> measured = new ArrayList<>();
    for (Baseline baseline : baselines) {
      BaselineChoice.Setting setting = choice.of(baseline, progress);
      LearnedBaseline learned;
      try (Progress.Task task = progress.start("learn " + baseline.label(), 1)) {
        learned = baseline.learn(split.refit(), setting.options(), workers);
        task.advance(1);
      }
      measured.add(
          new MeasuredBaseline(
              baseline,
              setting.weighting(),
              baseline
                  .regularisation()
                  .map(
                      one ->
                          new MeasuredBaseline.Setting(
                              one.name(), one.at(setting.options().strength()))),
              evaluation.survey(
                  learned.weighing(setting.weighting()), split.test(), popularity, progress)));
    }
    return List.copyOf(measured);
  }
}
