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

  /** The chosen candidate, with all sweeps. */
  record Winner(AutoCandidate candidate, Choice choice) {}

  /**
   * The rungs behind the first.
   *
   * @param first at least one
   * @param wider whether twice the factors are tried
   */
  Winner last(List<AutoTrial> first, boolean wider, EvaluationSet cases) {
    List<AutoTrial> last = new ArrayList<>();
    for (AutoCandidate best : bestOfEachKind(first)) {
      judge(best, 2, cases).ifPresent(last::add);
      shared.clear();
    }
    if (last.isEmpty()) {
      // The time was up before the second rung: the best of the first, as it will be fitted whole.
      AutoTrial best = Trials.best(first).orElseThrow();
      return new Winner(whole(candidate(best)), Choice.among(List.of(best.report()), seed));
    }
    Choice choice = choice(last);
    if (wider) {
      AutoCandidate winner = winner(last, choice);
      FactorOptions factors = winner.factors();
      judge(winner.withFactors(factors.ofRank(2 * factors.rank())), 3, cases).ifPresent(last::add);
      shared.clear();
      choice = choice(last);
    }
    return new Winner(winner(last, choice), choice);
  }

  /** One more candidate as it is, on the last rung's cases; empty where the time is up. */
  Optional<AutoTrial> asItIs(AutoCandidate candidate, EvaluationSet cases) {
    Optional<AutoTrial> judged = judge(candidate, 3, cases);
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

  /** In the order in which kinds were first tried, each with all its sweeps. */
  private static List<AutoCandidate> bestOfEachKind(List<AutoTrial> first) {
    Map<String, AutoTrial> best = new LinkedHashMap<>();
    for (AutoTrial trial : first) {
      best.merge(
          trial.candidate().kind(), trial, (old, one) -> one.ndcg() > old.ndcg() ? one : old);
    }
    return best.values().stream().map(trial -> whole(candidate(trial))).toList();
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
    ScorerWeights dot = new ScorerWeights(candidate.factors().width(), 1f, 0f, List.of());
    return trials.judge(
        candidate,
        rung,
        cases,
        () -> new ModelRanker(candidate.label(), encoder(candidate), dot, Optional.empty()));
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
