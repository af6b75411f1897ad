// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.LocalRidge;
import org.neuralrescore.trainer.wide.WideHistories;
import org.neuralrescore.trainer.wide.WideModel;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * Looks for item-to-item weights: all directions with every weighting of histories, then steps from
 * the best, one option at a time, as long as they lead up. More candidates an item cost the square
 * of their number: they have to be surely better.
 */
final class WideSearch {
  private static final double NEXT_LAMBDA = 100;
  private static final double SIGNED_LAMBDA = 100;
  private static final int SIGNED_KEPT = 100;
  private static final int BOTH_KEPT = 100;
  private static final double STEP = 3;
  private static final int MORE_CANDIDATES = 300;
  private static final int MORE_KEPT = 100;

  private final Trials trials;
  private final Histories learned;
  private final WideOptions start;
  private final long seed;
  private final Workers workers;

  /**
   * Looks.
   *
   * @param start but for direction and lambda what is tried first
   */
  WideSearch(Trials trials, Histories learned, WideOptions start, long seed, Workers workers) {
    this.trials = trials;
    this.learned = learned;
    this.start = start;
    this.seed = seed;
    this.workers = workers;
  }

  /** How many candidates the first rung has. */
  static int first(List<HistoryWeighting> weightings, boolean times) {
    return weightings.size() * (times ? 4 : 2);
  }

  /** How many steps the second takes at most. */
  static int steps() {
    return 6;
  }

  /**
   * The best trial, empty where there was no time for any.
   *
   * @param free whether the weighting is looked for, too
   */
  Optional<AutoTrial> run(
      List<HistoryWeighting> weightings,
      boolean times,
      boolean free,
      EvaluationSet few,
      EvaluationSet many) {
    List<AutoTrial> first = new ArrayList<>();
    for (HistoryWeighting weighting : weightings) {
      judge(new WideCandidate(start, weighting), 1, few).ifPresent(first::add);
      judge(new WideCandidate(signed(), weighting), 1, few).ifPresent(first::add);
      if (times) {
        judge(new WideCandidate(next(), weighting), 1, few).ifPresent(first::add);
        judge(new WideCandidate(both(), weighting), 1, few).ifPresent(first::add);
      }
    }
    return Trials.best(first).map(best -> steps(best, free, few, many));
  }

  private WideOptions signed() {
    return start.withDirection(Direction.SIGNED).withLambda(SIGNED_LAMBDA).withKept(SIGNED_KEPT);
  }

  private WideOptions next() {
    return start.withDirection(Direction.NEXT).withLambda(NEXT_LAMBDA);
  }

  private WideOptions both() {
    return start.withDirection(Direction.BOTH).withKept(BOTH_KEPT);
  }

  private AutoTrial steps(AutoTrial from, boolean free, EvaluationSet few, EvaluationSet many) {
    AutoTrial best = few == many ? from : judge(candidate(from), 2, many).orElse(from);
    if (free && candidate(best).weighting().floor() != 1) {
      best = upward(best, many, this::slower, this::faster);
    }
    best = upward(best, many, this::gentler, this::harder);
    Optional<AutoTrial> more = judge(withMore(candidate(best)), 2, many);
    return more.isPresent() && surely(more.get(), best) ? more.get() : best;
  }

  /** The first step that leads up. */
  @SafeVarargs
  private AutoTrial upward(
      AutoTrial from, EvaluationSet cases, UnaryOperator<WideCandidate>... steps) {
    for (UnaryOperator<WideCandidate> step : steps) {
      Optional<AutoTrial> next = judge(step.apply(candidate(from)), 2, cases);
      if (next.isPresent() && next.get().ndcg() > from.ndcg()) {
        return next.get();
      }
    }
    return from;
  }

  private boolean surely(AutoTrial one, AutoTrial other) {
    return one.report().cases().size() == other.report().cases().size()
        && PairedBootstrap.compare(one.report(), other.report(), CaseMetrics::ndcg, seed)
                .probability()
            >= Choice.BAR;
  }

  private static WideCandidate candidate(AutoTrial trial) {
    return (WideCandidate) trial.candidate();
  }

  private WideCandidate slower(WideCandidate one) {
    return decaying(one, STEP);
  }

  private WideCandidate faster(WideCandidate one) {
    return decaying(one, 1 / STEP);
  }

  private WideCandidate decaying(WideCandidate one, double times) {
    return one.withWeighting(
        one.weighting().withDecayDays(HistoryPace.twoDigits(one.weighting().decayDays() * times)));
  }

  private WideCandidate gentler(WideCandidate one) {
    return one.withWay(one.way().withLambda(HistoryPace.twoDigits(one.way().lambda() / STEP)));
  }

  private WideCandidate harder(WideCandidate one) {
    return one.withWay(one.way().withLambda(HistoryPace.twoDigits(one.way().lambda() * STEP)));
  }

  private WideCandidate withMore(WideCandidate one) {
    return one.withWay(one.way().withCandidates(MORE_CANDIDATES).withKept(MORE_KEPT));
  }

  private Optional<AutoTrial> judge(WideCandidate one, int rung, EvaluationSet cases) {
    return trials.judge(
        one,
        rung,
        cases,
        () ->
            new WideRanker(
                one.label(),
                new WideModel(
                    LocalRidge.learn(learned, one.weighting(), one.way(), workers),
                    new WideHistories(one.weighting(), one.way().history()))));
  }
}
