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
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.eval.baseline.BaselineOptions;
import org.neuralrescore.trainer.eval.baseline.LearnedBaseline;
import org.neuralrescore.trainer.eval.baseline.Regularisation;

/**
 * With what a baseline ranks validation cases best, after learning from all that comes before them:
 * first its recency, among those that the pace of the data suggests, the model's own, and a third
 * and three times of the best; then, at that recency, its regularisation, from the usual one up or
 * down for as long as each step is better. A baseline at a recency or a regularisation of another's
 * looks worse than it is, and a model beside it better (Rendle et al. 2019, "On the Difficulty of
 * Evaluating Baselines"): EASE .121 at lambda 100 and .145 at 300 on one set. All of the users
 * teach, because what some of them teach fades otherwise and wants less regularisation (item-kNN of
 * 20 million interactions: .029 at the recency that was best after learning from one million, .032
 * at another).
 */
final class BaselineChoice {
  private static final int CASES = 2_000;
  private static final double RECENCY_STEP = 3;

  /** Each strength is another learning: beyond, the usual one is kept, which README says. */
  private static final int MOST_INTERACTIONS = 5_000_000;

  private final Split split;
  private final BaselineOptions options;
  private final RankingEvaluation evaluation;
  private final List<HistoryWeighting> weightings;
  private final EvaluationSet cases;
  private final Workers workers;

  /**
   * Of a model's baselines.
   *
   * @param split learned from {@code fit}, asked the cases of {@code validation}
   * @param options with the usual regularisation
   * @param model what histories weigh for the model beside them
   */
  BaselineChoice(
      Split split, BaselineOptions options, HistoryWeighting model, int cutoff, Workers workers) {
    this.split = split;
    this.options = options;
    this.workers = workers;
    evaluation = new RankingEvaluation(cutoff, workers);
    weightings = weightings(split, model);
    cases = split.validation().sample(CASES, new SplittableRandom(options.seed()));
  }

  /**
   * What was chosen.
   *
   * @param weighting what each interaction of a history weighs
   * @param options with the regularisation that suits the data
   */
  record Setting(HistoryWeighting weighting, BaselineOptions options) {}

  /** In the order in which equal ones win: the model's own first, so that it stands by itself. */
  private static List<HistoryWeighting> weightings(Split split, HistoryWeighting model) {
    Set<HistoryWeighting> all = new LinkedHashSet<>(List.of(model));
    all.addAll(HistoryPace.weightings(split.fit(), model.values()));
    return List.copyOf(all);
  }

  /** For one baseline; without validation cases, or a choice, the model's recency and the usual. */
  Setting of(Baseline baseline, Progress progress) {
    Setting usual = new Setting(weightings.get(0), options);
    int steps = affordable() ? baseline.regularisation().map(Regularisation::steps).orElse(0) : 0;
    if (cases.size() == 0 || !baseline.asksHistories() || (weightings.size() == 1 && steps == 0)) {
      return usual;
    }
    try (Progress.Task task = progress.start("tune " + baseline.label(), 1 + 2 * steps)) {
      LearnedBaseline learned = baseline.learn(split.fit(), options, workers);
      Scored recency = recency(learned);
      task.advance(1);
      return new Setting(
          recency.weighting(), options.withStrength(strength(baseline, recency, steps, task)));
    }
  }

  private boolean affordable() {
    return split.fit().size() <= MOST_INTERACTIONS;
  }

  private record Scored(HistoryWeighting weighting, double ndcg) {}

  private Scored recency(LearnedBaseline learned) {
    ToDoubleFunction<HistoryWeighting> ndcg = one -> ndcg(learned, one);
    Map<HistoryWeighting, Double> found = new LinkedHashMap<>();
    weightings.forEach(one -> found.put(one, ndcg.applyAsDouble(one)));
    for (HistoryWeighting one : besides(best(found))) {
      found.computeIfAbsent(one, ndcg::applyAsDouble);
    }
    HistoryWeighting best = best(found);
    return new Scored(best, found.get(best));
  }

  private double ndcg(LearnedBaseline learned, HistoryWeighting weighting) {
    return evaluation.evaluate(learned.weighing(weighting), cases, Progress.none()).mean().ndcg();
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
        : Stream.of(RECENCY_STEP, 1 / RECENCY_STEP)
            .map(times -> HistoryPace.slower(one, times))
            .toList();
  }

  /** Up from the usual strength while that is better; where it never was, down. */
  private int strength(Baseline baseline, Scored usual, int steps, Progress.Task task) {
    int up = climb(baseline, usual, 1, steps, task);
    return up != 0 ? up : climb(baseline, usual, -1, steps, task);
  }

  private int climb(Baseline baseline, Scored usual, int direction, int steps, Progress.Task task) {
    double best = usual.ndcg();
    for (int step = 1; step <= steps; step++) {
      LearnedBaseline learned =
          baseline.learn(split.fit(), options.withStrength(direction * step), workers);
      double ndcg = ndcg(learned, usual.weighting());
      task.advance(1);
      if (ndcg <= best) {
        return direction * (step - 1);
      }
      best = ndcg;
    }
    return direction * steps;
  }
}
