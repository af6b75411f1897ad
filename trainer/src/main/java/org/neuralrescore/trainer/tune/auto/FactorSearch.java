// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * Looks for factors by successive halving (Jamieson and Talwalkar 2016): candidates with a third of
 * their sweeps, steps from the best of them, then the best of each kind with all sweeps, then the
 * best with twice the factors. Judged by the dot product behind the user encoder. What ships is the
 * simplest of the last rung unless another surely beats it ({@link Choice}).
 */
final class FactorSearch {
  private static final double STEP = 3;

  /** Along one option. */
  private static final int MOST_STEPS = 4;

  private final Trials trials;
  private final LearningRows learning;
  private final RowScheme rows;
  private final EncoderOptions encoder;
  private final long seed;
  private final Workers workers;
  private final LearnedWeights learned = new LearnedWeights();
  private final Map<FactorOptions, FactorModel> shared = new HashMap<>();

  FactorSearch(
      Trials trials,
      LearningRows learning,
      RowScheme rows,
      EncoderOptions encoder,
      long seed,
      Workers workers) {
    this.trials = trials;
    this.learning = learning;
    this.rows = rows;
    this.encoder = encoder;
    this.seed = seed;
    this.workers = workers;
  }

  /** The first rung; one that weighs histories otherwise shares the factors of its like. */
  List<AutoTrial> first(List<AutoCandidate> candidates, EvaluationSet cases) {
    List<AutoTrial> judged = new ArrayList<>();
    for (AutoCandidate candidate : candidates) {
      if (!shared.containsKey(third(candidate).factors())) {
        shared.clear();
      }
      judge(third(candidate), 1, cases).ifPresent(judged::add);
    }
    shared.clear();
    return judged;
  }

  /**
   * Steps from the best of the first rung, one option at a time, as long as they lead up.
   *
   * @return what was tried, in order
   */
  List<AutoTrial> steps(List<AutoTrial> first, EvaluationSet cases) {
    List<AutoTrial> judged = new ArrayList<>();
    Optional<AutoTrial> start =
        Trials.best(
            first.stream().filter(t -> !FactorStep.options(candidate(t)).isEmpty()).toList());
    if (start.isEmpty()) {
      return judged;
    }
    AutoTrial best = start.get();
    for (Setting option : FactorStep.options(candidate(best))) {
      List<Trials.Step> ways =
          DoubleStream.of(STEP, 1 / STEP)
              .mapToObj(times -> new FactorStep(option, times))
              .<Trials.Step>map(step -> from -> step(from, step, cases, judged))
              .toList();
      best = Trials.upward(best, MOST_STEPS, ways);
    }
    return judged;
  }

  private Optional<AutoTrial> step(
      AutoTrial from, FactorStep step, EvaluationSet cases, List<AutoTrial> judged) {
    Optional<AutoTrial> next = judge(step.of(candidate(from)), 1, cases);
    shared.clear();
    next.ifPresent(judged::add);
    return next;
  }

  /**
   * How many steps are taken from one of some candidates at most: along each option one that leads
   * nowhere, and all of the other way.
   */
  static int mostSteps(List<AutoCandidate> candidates) {
    int options =
        candidates.stream().mapToInt(one -> FactorStep.options(one).size()).max().orElse(0);
    return (1 + MOST_STEPS) * options;
  }

  /**
   * The chosen candidate, with all sweeps.
   *
   * @param choice between the best of each kind
   * @param early whether the time was up before they had all sweeps
   */
  record Winner(AutoCandidate candidate, Choice choice, boolean early) {}

  /**
   * The rungs behind the first.
   *
   * @param first at least one
   * @param wider whether twice the factors are tried
   */
  Winner last(List<AutoTrial> first, boolean wider, EvaluationSet cases) {
    List<AutoTrial> kinds = bestOfEachKind(first);
    List<AutoTrial> last = new ArrayList<>();
    for (AutoTrial best : kinds) {
      Optional<AutoTrial> judged = judge(whole(candidate(best)), 2, cases);
      shared.clear();
      if (judged.isEmpty() && last.isEmpty()) {
        // Without the simplest nothing can be said to beat it: the first rung decides.
        Choice choice = choice(kinds);
        return new Winner(whole(winner(kinds, choice)), choice, true);
      }
      judged.ifPresent(last::add);
    }
    Choice choice = choice(last);
    if (wider) {
      AutoCandidate winner = winner(last, choice);
      FactorOptions factors = winner.factors();
      judge(winner.withFactors(factors.ofRank(2 * factors.rank())), 3, cases).ifPresent(last::add);
      shared.clear();
      choice = choice(last);
    }
    return new Winner(winner(last, choice), choice, false);
  }

  /** One more candidate as it is, which the rule of the choice asks for; empty out of time. */
  Optional<AutoTrial> asItIs(AutoCandidate candidate, EvaluationSet cases) {
    Optional<AutoTrial> judged =
        trials.owed(candidate, 3, cases, work(candidate, cases), () -> ranker(candidate));
    shared.clear();
    return judged;
  }

  private Choice choice(List<AutoTrial> last) {
    return Choice.among(last.stream().map(AutoTrial::report).toList(), seed);
  }

  private static AutoCandidate winner(List<AutoTrial> last, Choice choice) {
    return candidate(last.get(choice.winner()));
  }

  private static AutoCandidate candidate(AutoTrial trial) {
    return (AutoCandidate) trial.candidate();
  }

  /** In the order in which kinds were first tried. */
  private static List<AutoTrial> bestOfEachKind(List<AutoTrial> first) {
    Map<String, AutoTrial> best = new LinkedHashMap<>();
    for (AutoTrial trial : first) {
      best.merge(
          trial.candidate().kind(), trial, (old, one) -> one.ndcg() > old.ndcg() ? one : old);
    }
    return List.copyOf(best.values());
  }

  private static AutoCandidate third(AutoCandidate candidate) {
    FactorOptions factors = candidate.factors();
    return candidate.withFactors(factors.ofSweeps(Math.max(2, factors.sweeps() / 3)));
  }

  private static AutoCandidate whole(AutoCandidate candidate) {
    FactorOptions factors = candidate.factors();
    return candidate.withFactors(factors.ofSweeps(factors.method().defaults().sweeps()));
  }

  private Optional<AutoTrial> judge(AutoCandidate candidate, int rung, EvaluationSet cases) {
    return trials.judge(candidate, rung, cases, work(candidate, cases), () -> ranker(candidate));
  }

  private ModelRanker ranker(AutoCandidate candidate) {
    ScorerWeights dot = new ScorerWeights(candidate.factors().width(), 1f, 0f, List.of());
    return new ModelRanker(candidate.label(), encoder(candidate), dot, Optional.empty());
  }

  /** Multiplications of learning, unless a candidate before it learned the same, and of ranking. */
  private double work(AutoCandidate candidate, EvaluationSet cases) {
    FactorOptions factors = candidate.factors();
    double items = learning.matrix().columnCount();
    double sweep = factors.sweepWork(learning.matrix().rowCount(), items, learning.matrix().size());
    double learned = shared.containsKey(factors) ? 0 : factors.sweeps() * sweep;
    return learned + cases.size() * items * factors.width();
  }

  private HistoryEncoder encoder(AutoCandidate candidate) {
    EncoderOptions weighted = encoder.withWeighting(candidate.weighting());
    FactorSolver solver =
        candidate.factors().ofSeed(seed).on(rows, candidate.weighting()).solver(workers, learned);
    if (candidate.factors().on(rows, candidate.weighting()).equals(candidate.factors())) {
      // What histories weigh changes the encoder alone: candidates share the factors.
      FactorModel model =
          shared.computeIfAbsent(candidate.factors(), factors -> learn(solver, weighted));
      return model.encoder().weighting().equals(candidate.weighting())
          ? model.encoder()
          : new HistoryEncoder(
              model.encoder().items(),
              solver.on(learning).foldIn(model.encoder().items(), weighted),
              candidate.weighting());
    }
    return learn(solver, weighted).encoder();
  }

  private FactorModel learn(FactorSolver solver, EncoderOptions weighted) {
    return FactorModel.learn(learning, solver, weighted, FactorSolver::fit, Progress.none());
  }
}
