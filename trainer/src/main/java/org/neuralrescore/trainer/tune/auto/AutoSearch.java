// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * The choice of a method: item-to-item weights first, which are cheap and tell how fast histories
 * fade ({@link WideSearch}); then factors, whose encoder is tried with the same weightings ({@link
 * FactorSearch}). Model and weights share one weighting: that of whichever ranks better. Where
 * neither surely beats one factor for everybody, that ships ({@link AlikeForAll}). Of data beyond
 * {@value #MOST_INTERACTIONS} interactions some users teach while it is chosen; what ships learns
 * from all.
 *
 * <p>Without a budget the result depends on data, space and seed alone, and what takes many times
 * one training, factors taught by whole item-to-item matrices, is not tried. With one it is, and
 * the clock decides how many candidates are.
 */
public final class AutoSearch {
  /** Cases that tell good from bad in the first rung. */
  private static final int FIRST_CASES = 2_000;

  private static final int LAST_CASES = 20_000;
  static final int MOST_INTERACTIONS = 1_000_000;

  /** Weightings of the simple candidates that the taught ones are tried with. */
  private static final int WEIGHTINGS = 2;

  private final AutoSpace space;
  private final RowScheme rows;
  private final EncoderOptions encoder;
  private final long seed;
  private final boolean patient;
  private final Trials trials;
  private final Workers workers;

  /**
   * Prepares a search.
   *
   * @param rows the matrix that is factorised
   * @param encoder of users, but for what histories weigh
   * @param cutoff k of NDCG@k
   * @param budget how long all may take; empty: until the cheap ones are done
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
    this.seed = seed;
    this.workers = workers;
    patient = budget.isPresent();
    trials = new Trials(new RankingEvaluation(cutoff, workers), budget, nanos);
  }

  /**
   * Tries and chooses.
   *
   * @param fit what may be learned from
   * @param validation cases to judge by, none of them in {@code fit}
   */
  public AutoResult run(Histories fit, EvaluationSet validation, Progress progress) {
    LearningRows learning = rows.of(SomeUsers.of(fit, MOST_INTERACTIONS, seed));
    EvaluationSet few = validation.sample(FIRST_CASES, new SplittableRandom(seed));
    EvaluationSet many = validation.sample(LAST_CASES, new SplittableRandom(seed));
    List<HistoryWeighting> weightings = space.weightings(fit);
    boolean times = space.times(fit);
    int most = most(weightings, times);
    try (Progress.Task task = progress.start("choose", most)) {
      trials.tell(task);
      Optional<WideSearch> search =
          space
              .wide()
              .map(start -> new WideSearch(trials, learning.histories(), start, seed, workers));
      Optional<AutoTrial> wide =
          search.flatMap(one -> one.run(weightings, times, space.weighting().isEmpty(), few, many));
      List<HistoryWeighting> tried = new ArrayList<>(weightings);
      wide.map(best -> best.candidate().weighting())
          .filter(found -> !tried.contains(found))
          .ifPresent(tried::add);
      FactorSearch factors = new FactorSearch(trials, learning, rows, encoder, seed, workers);
      List<AutoTrial> first = new ArrayList<>(factors.first(space.simple(tried), few));
      if (patient) {
        List<AutoCandidate> taught = space.taught(bestWeightings(first), times);
        first.addAll(factors.first(taught.stream().filter(this::fits).toList(), few));
      }
      if (first.isEmpty()) {
        // The time went into the weights: the plainest factors beside them.
        first.add(untried(tried, wide.orElseThrow()));
      }
      // Beside factors it is judged on the cases that they were asked.
      Optional<AutoTrial> beside =
          wide.filter(best -> best.cases() != few.size())
              .flatMap(best -> search.orElseThrow().again(best, few))
              .or(() -> wide);
      HistoryWeighting weighting = weighting(beside, first);
      List<AutoTrial> alike = new ArrayList<>(of(weighting, first));
      alike.addAll(factors.steps(alike, few));
      FactorSearch.Winner chosen = factors.last(alike, space.wider(patient), many);
      // On the cases of the rung that decided.
      Optional<FactorSearch.Winner> plain =
          chosen.early()
              ? alike(factors, weightings.get(0), beside, chosen, few)
              : alike(factors, weightings.get(0), wide, chosen, many);
      task.advance(most - trials.all().size() - trials.skipped());
      return new AutoResult(
          plain.orElse(chosen).candidate(),
          plain.isPresent() ? Optional.empty() : wide.map(best -> way(best, weighting)),
          plain.orElse(chosen).choice(),
          chosen.early(),
          trials.all(),
          trials.skipped());
    }
  }

  /** Whether a candidate goes by all that was asked for, and can be published. */
  private boolean fits(AutoCandidate candidate) {
    FactorOptions factors = candidate.factors();
    return factors.unread(rows).isEmpty() && factors.width() <= FactorOptions.MOST_WIDTH;
  }

  /** One factor, where nothing of what was found is surely better; not where k was given. */
  private Optional<FactorSearch.Winner> alike(
      FactorSearch factors,
      HistoryWeighting weighting,
      Optional<AutoTrial> wide,
      FactorSearch.Winner chosen,
      EvaluationSet cases) {
    List<RankingReport> found = new ArrayList<>(List.of(chosen.choice().shipped()));
    wide.map(AutoTrial::report).ifPresent(found::add);
    return space
        .alike(weighting)
        .flatMap(one -> factors.asItIs(one, cases))
        .flatMap(one -> AlikeForAll.unbeaten(one, found, seed));
  }

  private AutoTrial untried(List<HistoryWeighting> tried, AutoTrial wide) {
    AutoCandidate plain =
        space.simple(tried).stream()
            .filter(one -> one.weighting().equals(wide.candidate().weighting()))
            .findFirst()
            .orElseThrow();
    return new AutoTrial(plain, 0, wide.report());
  }

  /** That of the best, be it factors or item-to-item weights. */
  private static HistoryWeighting weighting(Optional<AutoTrial> wide, List<AutoTrial> factors) {
    AutoTrial dot = Trials.best(factors).orElseThrow();
    return wide.filter(best -> best.ndcg() >= dot.ndcg()).orElse(dot).candidate().weighting();
  }

  private static List<AutoTrial> of(HistoryWeighting weighting, List<AutoTrial> first) {
    List<AutoTrial> alike =
        first.stream().filter(t -> t.candidate().weighting().equals(weighting)).toList();
    return alike.isEmpty() ? first : alike;
  }

  /** The best way that was tried with a weighting, or else the best of all. */
  private WideOptions way(AutoTrial best, HistoryWeighting weighting) {
    if (best.candidate().weighting().equals(weighting)) {
      return ((WideCandidate) best.candidate()).way();
    }
    List<AutoTrial> alike =
        trials.all().stream()
            .filter(t -> t.candidate() instanceof WideCandidate)
            .filter(t -> t.candidate().weighting().equals(weighting))
            .toList();
    return ((WideCandidate) Trials.best(WideSearch.ofMostCases(alike)).orElse(best).candidate())
        .way();
  }

  private static List<HistoryWeighting> bestWeightings(List<AutoTrial> first) {
    return first.stream()
        .sorted(Comparator.comparingDouble(AutoTrial::ndcg).reversed())
        .map(trial -> trial.candidate().weighting())
        .distinct()
        .limit(WEIGHTINGS)
        .toList();
  }

  /** Trials at most: where a walk ends is not known before. */
  private int most(List<HistoryWeighting> weightings, boolean times) {
    int taught = patient ? times ? 2 : 1 : 0;
    int wide =
        space.wide().isPresent() ? WideSearch.first(weightings, times) + WideSearch.mostSteps() : 0;
    List<AutoCandidate> candidates = space.simple(weightings);
    int simple = candidates.size() / weightings.size() * (weightings.size() + 1);
    int wider = space.wider(patient) ? 1 : 0;
    int more =
        taught * Math.min(WEIGHTINGS, weightings.size()) + FactorSearch.mostSteps(candidates);
    int alike = space.alike(weightings.get(0)).isPresent() ? 1 : 0;
    int again = space.wide().isPresent() ? 1 : 0;
    return wide + again + simple + more + 1 + taught + wider + alike;
  }
}
