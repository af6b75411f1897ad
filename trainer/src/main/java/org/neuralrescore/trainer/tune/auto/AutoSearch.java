package org.neuralrescore.trainer.tune.auto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * Successive halving over methods (Jamieson and Talwalkar 2016): all candidates with a third of
 * their sweeps on a sample of the validation cases, the best of each kind with all of them, then
 * the best with twice the factors. Judged by the dot product behind the user encoder. What ships is
 * the simplest of the last rung unless another surely beats it ({@link Choice}).
 *
 * <p>Without a budget the result depends on data, space and seed alone. With one the clock decides
 * how many candidates are tried, and nothing else.
 */
public final class AutoSearch {
  /** Cases that tell good from bad in the first rung. */
  private static final int FIRST_CASES = 2_000;

  private static final int LAST_CASES = 20_000;

  /** Weightings of the simple candidates that the taught ones are tried with. */
  private static final int WEIGHTINGS = 2;

  /** Of a budget: what ships is fitted again, and measured. */
  private static final double SHARE = 0.6;

  private final AutoSpace space;
  private final RowScheme rows;
  private final EncoderOptions encoder;
  private final int cutoff;
  private final long seed;
  private final Optional<Duration> budget;
  private final LongSupplier nanos;
  private final long begun;
  private final Workers workers;
  private final LearnedWeights learned = new LearnedWeights();
  private final Map<FactorOptions, FactorModel> shared = new HashMap<>();
  private final List<AutoTrial> trials = new ArrayList<>();
  private int skipped;

  /**
   * Prepares a search.
   *
   * @param rows the matrix that is factorised
   * @param encoder of users, but for what histories weigh
   * @param cutoff k of NDCG@k
   * @param budget how long all may take; empty: until it is done
   * @param nanos a clock that never goes back
   * @param workers stay the caller's
   */
  public AutoSearch(
      AutoSpace space,
      RowScheme rows,
      EncoderOptions encoder,
      int cutoff,
      long seed,
      Optional<Duration> budget,
      LongSupplier nanos,
      Workers workers) {
    this.space = space;
    this.rows = rows;
    this.encoder = encoder;
    this.cutoff = cutoff;
    this.seed = seed;
    this.budget = budget;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.workers = workers;
  }

  /**
   * Tries and chooses.
   *
   * @param fit what may be learned from
   * @param validation cases to judge by, none of them in {@code fit}
   */
  public AutoResult run(Histories fit, EvaluationSet validation, Progress progress) {
    LearningRows learning = rows.of(fit);
    EvaluationSet few = validation.sample(FIRST_CASES, new SplittableRandom(seed));
    EvaluationSet many = validation.sample(LAST_CASES, new SplittableRandom(seed));
    List<HistoryWeighting> all = space.weightings(fit);
    List<AutoCandidate> simple = space.simple(all);
    boolean times = space.weighting().isPresent() || all.size() > 1;
    int taughtKinds = times ? 2 : 1;
    int going =
        simple.size() + taughtKinds * Math.min(WEIGHTINGS, all.size()) + (1 + taughtKinds) + 1;
    try (Progress.Task task = progress.start("choose", going)) {
      Trying trying = new Trying(learning, task);
      simple.forEach(one -> trying.judge(third(one), 1, few));
      List<HistoryWeighting> weightings =
          trials.stream()
              .sorted(Comparator.comparingDouble(AutoTrial::ndcg).reversed())
              .map(trial -> trial.candidate().weighting())
              .distinct()
              .limit(WEIGHTINGS)
              .toList();
      shared.clear();
      for (AutoCandidate one : space.taught(weightings, times)) {
        trying.judge(third(one), 1, few);
        shared.clear();
      }
      List<AutoTrial> last = new ArrayList<>();
      for (AutoCandidate best : bestOfEachKind()) {
        trying.judge(best, 2, many).ifPresent(last::add);
        shared.clear();
      }
      return chosen(last, trying, many);
    }
  }

  /** The last rung: the winner with twice the factors beside those that it was chosen among. */
  private AutoResult chosen(List<AutoTrial> last, Trying trying, EvaluationSet many) {
    if (last.isEmpty()) {
      // The time was up before the second rung: the best of the first, as it will be fitted whole.
      AutoTrial best =
          trials.stream().max(Comparator.comparingDouble(AutoTrial::ndcg)).orElseThrow();
      return new AutoResult(
          whole(best.candidate()), Choice.among(List.of(best.report()), seed), trials, skipped);
    }
    Choice choice = choice(last);
    AutoTrial winner =
        last.get(last.stream().map(AutoTrial::report).toList().indexOf(choice.shipped()));
    if (space.rank().isEmpty()) {
      FactorOptions wider = winner.candidate().factors();
      trying
          .judge(winner.candidate().withFactors(wider.ofRank(2 * wider.rank())), 3, many)
          .ifPresent(last::add);
      choice = choice(last);
      winner = last.get(last.stream().map(AutoTrial::report).toList().indexOf(choice.shipped()));
    }
    return new AutoResult(winner.candidate(), choice, trials, skipped);
  }

  private Choice choice(List<AutoTrial> last) {
    return Choice.among(last.stream().map(AutoTrial::report).toList(), seed);
  }

  /** In the order in which kinds were first tried, each with all its sweeps. */
  private List<AutoCandidate> bestOfEachKind() {
    Map<String, AutoTrial> best = new LinkedHashMap<>();
    for (AutoTrial trial : trials) {
      best.merge(
          trial.candidate().kind(), trial, (old, one) -> one.ndcg() > old.ndcg() ? one : old);
    }
    return best.values().stream().map(trial -> whole(trial.candidate())).toList();
  }

  private static AutoCandidate third(AutoCandidate candidate) {
    FactorOptions factors = candidate.factors();
    return candidate.withFactors(factors.ofSweeps(Math.max(2, factors.sweeps() / 3)));
  }

  private static AutoCandidate whole(AutoCandidate candidate) {
    FactorOptions factors = candidate.factors();
    return candidate.withFactors(factors.ofSweeps(factors.method().defaults().sweeps()));
  }

  private boolean outOfTime() {
    return budget.isPresent()
        && !trials.isEmpty()
        && nanos.getAsLong() - begun > SHARE * budget.get().toNanos();
  }

  /** One candidate after the other, on the same rows. */
  private final class Trying {
    private final LearningRows learning;
    private final Progress.Task task;
    private double best;

    Trying(LearningRows learning, Progress.Task task) {
      this.learning = learning;
      this.task = task;
    }

    /** Empty where the time is up. */
    Optional<AutoTrial> judge(AutoCandidate candidate, int rung, EvaluationSet cases) {
      task.advance(1);
      if (outOfTime()) {
        skipped++;
        return Optional.empty();
      }
      EncoderOptions weighted = encoder.withWeighting(candidate.weighting());
      ScorerWeights dot = new ScorerWeights(candidate.factors().width(), 1f, 0f, List.of());
      RankingReport report =
          new RankingEvaluation(cutoff, workers)
              .evaluate(
                  new ModelRanker(
                      candidate.label(), encoder(candidate, weighted), dot, Optional.empty()),
                  cases,
                  Progress.none());
      AutoTrial trial = new AutoTrial(candidate, rung, report);
      trials.add(trial);
      best = Math.max(best, trial.ndcg());
      task.note(
          String.format(
              Locale.ROOT, "rung %d of 3, %s, best NDCG %.4f", rung, candidate.kind(), best));
      return Optional.of(trial);
    }

    private HistoryEncoder encoder(AutoCandidate candidate, EncoderOptions weighted) {
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
}
