package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.baseline.Baseline;
import org.neuralrescore.trainer.dataset.Interactions;
import org.neuralrescore.trainer.dataset.Split;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

/** Learns and evaluates baselines on the cases that a training run is evaluated on. */
public final class BaselineRun {
  private BaselineRun() {}

  /**
   * One report a baseline, in the order asked for, over the same cases in the same order as {@link
   * Training#run} reports them for equal data and options.
   */
  public static List<RankingReport> run(
      Interactions data, TrainingOptions options, List<Baseline> baselines, Progress progress) {
    Split split = options.protocol().split(data);
    List<RankingReport> reports = new ArrayList<>();
    try (Workers workers = new Workers(options.threads());
        Progress.Task task = progress.start("baselines", baselines.size())) {
      RankingEvaluation evaluation = new RankingEvaluation(options.cutoff(), workers);
      for (Baseline baseline : baselines) {
        task.note(baseline.name());
        reports.add(
            evaluation.evaluate(
                baseline.learn(split.refit(), options.weighting(), workers),
                split.test(),
                Progress.none()));
        task.advance(1);
      }
    }
    return reports;
  }
}
