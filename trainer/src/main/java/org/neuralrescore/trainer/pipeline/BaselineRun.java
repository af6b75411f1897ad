// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryPace;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.eval.baseline.BaselineOptions;
import org.neuralrescore.trainer.eval.baseline.LearnedBaseline;

/**
 * Learns and evaluates baselines on the cases that a model is evaluated on, each with the recency
 * that suits it: that of the model beside it may be none of theirs, and who is measured at a
 * recency of another's looks worse than it is. It is chosen on validation cases, among those that
 * the pace of the data suggests, the model's own, and a third and three times of the best, after
 * learning from all that comes before them: what some of the users teach fades otherwise (item-kNN
 * of 20 million interactions: .029 at the recency that was best after learning from one million,
 * .032 at another).
 */
public final class BaselineRun {
  private static final int CASES = 2_000;
  private static final double STEP = 3;

  private final Split split;
  private final BaselineOptions options;
  private final RankingEvaluation evaluation;
  private final List<HistoryWeighting> weightings;
  private final Workers workers;
  private final Progress progress;

  private BaselineRun(
      Split split,
      BaselineOptions options,
      HistoryWeighting model,
      int cutoff,
      Workers workers,
      Progress progress) {
    this.split = split;
    this.options = options;
    this.workers = workers;
    this.progress = progress;
    evaluation = new RankingEvaluation(cutoff, workers);
    weightings = weightings(split, model);
  }

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
   * @param split recency is chosen on {@code validation} after learning from {@code fit}; then
   *     baselines learn from {@code refit} and are asked the cases of {@code test}
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
    BaselineRun run = new BaselineRun(split, options, model, cutoff, workers, progress);
    ItemPopularity popularity = ItemPopularity.of(split.refit());
    return baselines.stream().map(baseline -> run.measured(baseline, popularity)).toList();
  }

  /** In the order in which equal ones win: the model's own first, so that it stands by itself. */
  private static List<HistoryWeighting> weightings(Split split, HistoryWeighting model) {
    Set<HistoryWeighting> all = new LinkedHashSet<>(List.of(model));
    all.addAll(HistoryPace.weightings(split.fit(), model.values()));
    return List.copyOf(all);
  }

  private MeasuredBaseline measured(Baseline baseline, ItemPopularity popularity) {
    HistoryWeighting weighting;
    LearnedBaseline learned;
    boolean choice = baseline.asksHistories() && weightings.size() > 1;
    try (Progress.Task task = progress.start("learn " + baseline.label(), choice ? 2 : 1)) {
      weighting = choice ? best(baseline, task) : weightings.get(0);
      learned = baseline.learn(split.refit(), options, workers);
      task.advance(1);
    }
    return new MeasuredBaseline(
        baseline,
        weighting,
        evaluation.survey(learned.weighing(weighting), split.test(), popularity, progress));
  }

  private HistoryWeighting best(Baseline baseline, Progress.Task task) {
    EvaluationSet cases = split.validation().sample(CASES, new SplittableRandom(options.seed()));
    if (cases.size() == 0) {
      task.advance(1);
      return weightings.get(0);
    }
    LearnedBaseline learned = baseline.learn(split.fit(), options, workers);
    ToDoubleFunction<HistoryWeighting> ndcg =
        one -> evaluation.evaluate(learned.weighing(one), cases, Progress.none()).mean().ndcg();
    Map<HistoryWeighting, Double> found = new LinkedHashMap<>();
    weightings.forEach(one -> found.put(one, ndcg.applyAsDouble(one)));
    for (HistoryWeighting one : besides(best(found))) {
      found.computeIfAbsent(one, ndcg::applyAsDouble);
    }
    task.advance(1);
    return best(found);
  }

  /** The first of the best. */
  private static HistoryWeighting best(Map<HistoryWeighting, Double> found) {
    HistoryWeighting best = found.keySet().iterator().next();
    for (Map.Entry<HistoryWeighting, Double> one : found.entrySet()) {
      best = one.getValue() > found.get(best) ? one.getKey() : best;
    }
    return best;
  }

  /** Slower and faster ones, as the choice of a model tries them; none where nothing fades. */
  private static List<HistoryWeighting> besides(HistoryWeighting one) {
    return one.floor() == 1
        ? List.of()
        : Stream.of(STEP, 1 / STEP).map(times -> HistoryPace.slower(one, times)).toList();
  }
}
