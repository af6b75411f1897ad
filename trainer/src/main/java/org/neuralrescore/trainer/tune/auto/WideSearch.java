// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryPace;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.WideHistories;
import org.neuralrescore.trainer.wide.WideModel;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * Looks for item-to-item weights: all directions with every weighting of histories, then steps from
 * the best of the two best directions, one option at a time, as long as they lead up: the ridge
 * that a direction starts with fits some data and not other, so that a direction which is level
 * with the best at its start may lead behind its steps. More candidates an item cost the square of
 * their number: they have to be surely better.
 */
final class WideSearch {
  private static final double NEXT_LAMBDA = 100;
  private static final double SIGNED_LAMBDA = 100;
  private static final int SIGNED_KEPT = 100;
  private static final int BOTH_KEPT = 100;
  private static final double STEP = 3;

  /** Along the ridge. */
  private static final int MOST_STEPS = 3;

  private static final int DIRECTIONS = 2;
  private static final int MORE_CANDIDATES = 300;

  /** Multiplications of all regressions that the most candidates may take: about a minute. */
  private static final double MOST_WORK = 5e10;

  private final Trials trials;
  private final WideWeights weights;
  private final int items;
  private final WideOptions start;
  private final long seed;

  /**
   * Looks.
   *
   * @param start but for direction and lambda what is tried first
   * @param workers stay the caller's
   */
  WideSearch(Trials trials, Histories learned, WideOptions start, long seed, Workers workers) {
    this.trials = trials;
    weights = new WideWeights(learned, workers);
    items = learned.itemCount();
    this.start = start;
    this.seed = seed;
  }

  /** How many candidates the first rung has. */
  static int first(List<HistoryWeighting> weightings, boolean times) {
    return weightings.size() * (times ? 6 : 4);
  }

  /** How many trials the second takes at most. */
  static int mostSteps() {
    int decays = 2;
    int ridges = 1 + MOST_STEPS;
    int more = 2;
    return (DIRECTIONS + 1) * (1 + decays + ridges) + more;
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
      judge(new WideCandidate(asking(Direction.EACH), weighting), 1, few).ifPresent(first::add);
      judge(new WideCandidate(asking(Direction.NEAR), weighting), 1, few).ifPresent(first::add);
      judge(new WideCandidate(signed(), weighting), 1, few).ifPresent(first::add);
      if (times) {
        judge(new WideCandidate(next(), weighting), 1, few).ifPresent(first::add);
        judge(new WideCandidate(both(), weighting), 1, few).ifPresent(first::add);
      }
    }
    List<AutoTrial> ends =
        contenders(first).stream().map(one -> steps(one, free, few, many)).toList();
    return Trials.best(ofMostCases(ends)).map(best -> withMore(best, many));
  }

  /** A trial's candidate once more, on other cases; empty where the time is up. */
  Optional<AutoTrial> again(AutoTrial trial, EvaluationSet cases) {
    return judge(candidate(trial), 2, cases);
  }

  /** Where the time ends between two directions, one of them was asked fewer cases. */
  static List<AutoTrial> ofMostCases(List<AutoTrial> ends) {
    int most = ends.stream().mapToInt(AutoTrial::cases).max().orElse(0);
    return ends.stream().filter(one -> one.cases() == most).toList();
  }

  /**
   * Of the regressions the best two directions, or one where the other is surely worse; and what
   * asks each neighbour by itself where it leads from the start. It does not decide which
   * regressions are followed: their steps lead further up than its own.
   */
  private List<AutoTrial> contenders(List<AutoTrial> first) {
    List<AutoTrial> all = new ArrayList<>();
    List<AutoTrial> left = new ArrayList<>(first);
    left.removeIf(WideSearch::asksEach);
    while (!left.isEmpty() && all.size() < DIRECTIONS) {
      AutoTrial best = Trials.best(left).orElseThrow();
      if (!all.isEmpty() && surely(all.get(0), best)) {
        break;
      }
      all.add(best);
      left.removeIf(one -> one.candidate().kind().equals(best.candidate().kind()));
    }
    Trials.best(first).filter(WideSearch::asksEach).ifPresent(each -> all.add(0, each));
    return all;
  }

  private static boolean asksEach(AutoTrial trial) {
    return candidate(trial).way().direction().asksEach();
  }

  /** Each neighbour by itself, as that direction starts. */
  private WideOptions asking(Direction direction) {
    WideOptions defaults = WideOptions.defaults(direction);
    return start
        .withDirection(direction)
        .withCloseness(defaults.closeness())
        .withKept(defaults.kept())
        .withLambda(defaults.lambda());
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
      best = Trials.upward(best, 1, ways(many, this::slower, this::faster));
    }
    return Trials.upward(best, MOST_STEPS, ways(many, this::gentler, this::harder));
  }

  /** Some more candidates, and then as many as can be afforded: of a small catalogue, all. */
  private AutoTrial withMore(AutoTrial from, EvaluationSet cases) {
    AutoTrial best = from;
    for (int candidates : List.of(MORE_CANDIDATES, mostCandidates(items))) {
      if (candidates > candidate(best).way().candidates()) {
        Optional<AutoTrial> more = judge(withMore(candidate(best), candidates), 2, cases);
        if (more.isEmpty() || !surely(more.get(), best)) {
          return best;
        }
        best = more.get();
      }
    }
    return best;
  }

  /** A regression on n items takes {@code n^3 / 3} multiplications. */
  static int mostCandidates(int items) {
    double affordable = Math.cbrt(3 * MOST_WORK / Math.max(1, items));
    return (int) Math.min(Math.min(affordable, items), WideOptions.MAX_KEPT);
  }

  private List<Trials.Step> ways(
      EvaluationSet cases, UnaryOperator<WideCandidate> one, UnaryOperator<WideCandidate> other) {
    return List.of(
        from -> judge(one.apply(candidate(from)), 2, cases),
        from -> judge(other.apply(candidate(from)), 2, cases));
  }

  private boolean surely(AutoTrial one, AutoTrial other) {
    return one.cases() == other.cases()
        && PairedBootstrap.compare(one.report(), other.report(), CaseMetrics::ndcg, seed)
                .probability()
            >= Choice.BAR;
  }

  private static WideCandidate candidate(AutoTrial trial) {
    return (WideCandidate) trial.candidate();
  }

  private WideCandidate slower(WideCandidate one) {
    return one.withWeighting(HistoryPace.slower(one.weighting(), STEP));
  }

  private WideCandidate faster(WideCandidate one) {
    return one.withWeighting(HistoryPace.slower(one.weighting(), 1 / STEP));
  }

  private WideCandidate gentler(WideCandidate one) {
    return one.withWay(one.way().withLambda(HistoryPace.twoDigits(one.way().lambda() / STEP)));
  }

  private WideCandidate harder(WideCandidate one) {
    return one.withWay(one.way().withLambda(HistoryPace.twoDigits(one.way().lambda() * STEP)));
  }

  private static WideCandidate withMore(WideCandidate one, int candidates) {
    return one.withWay(
        one.way().withCandidates(candidates).withKept(Math.max(candidates, one.way().kept())));
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
                    weights.of(one), new WideHistories(one.weighting(), one.way().history()))));
  }
}
