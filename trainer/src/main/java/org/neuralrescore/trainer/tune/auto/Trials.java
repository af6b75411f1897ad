// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;

/** One candidate after the other, judged on validation cases, until the time is up. */
final class Trials {
  /** Of a budget: what ships is fitted again, and measured. */
  private static final double SHARE = 0.6;

  /** Other methods take so much less time for the same arithmetic at most. */
  private static final double FASTER = 4;

  private final RankingEvaluation evaluation;
  private final Optional<Duration> budget;
  private final LongSupplier nanos;
  private final long begun;
  private final List<AutoTrial> all = new ArrayList<>();
  private Optional<Progress.Task> task = Optional.empty();
  private double best;
  private double worked;
  private long workedNanos;
  private int skipped;

  Trials(RankingEvaluation evaluation, Optional<Duration> budget, LongSupplier nanos) {
    this.evaluation = evaluation;
    this.budget = budget;
    this.nanos = nanos;
    begun = nanos.getAsLong();
  }

  /** Tells a task from now on. */
  void tell(Progress.Task told) {
    task = Optional.of(told);
  }

  /** Empty where the time is up; the first of all is always tried. */
  Optional<AutoTrial> judge(Tried candidate, int rung, EvaluationSet cases, Supplier<Ranker> fit) {
    return outOf(SHARE) ? leftOut() : judged(candidate, rung, cases, fit);
  }

  /**
   * As above, and empty where by the pace so far it would surely not end in time.
   *
   * @param work multiplications, roughly
   */
  Optional<AutoTrial> judge(
      Tried candidate, int rung, EvaluationSet cases, double work, Supplier<Ranker> fit) {
    return outOf(SHARE) || !fits(work) ? leftOut() : paced(candidate, rung, cases, work, fit);
  }

  /** What the rule of the choice asks for, be it in the time that is kept for what ships. */
  Optional<AutoTrial> owed(
      Tried candidate, int rung, EvaluationSet cases, double work, Supplier<Ranker> fit) {
    return outOf(1) ? leftOut() : paced(candidate, rung, cases, work, fit);
  }

  private Optional<AutoTrial> leftOut() {
    task.ifPresent(told -> told.advance(1));
    skipped++;
    return Optional.empty();
  }

  private Optional<AutoTrial> paced(
      Tried candidate, int rung, EvaluationSet cases, double work, Supplier<Ranker> fit) {
    if (budget.isEmpty()) {
      return judged(candidate, rung, cases, fit);
    }
    long start = nanos.getAsLong();
    Optional<AutoTrial> trial = judged(candidate, rung, cases, fit);
    workedNanos += nanos.getAsLong() - start;
    worked += work;
    return trial;
  }

  private Optional<AutoTrial> judged(
      Tried candidate, int rung, EvaluationSet cases, Supplier<Ranker> fit) {
    task.ifPresent(told -> told.advance(1));
    AutoTrial trial =
        new AutoTrial(candidate, rung, evaluation.evaluate(fit.get(), cases, Progress.none()));
    all.add(trial);
    best = Math.max(best, trial.ndcg());
    task.ifPresent(
        told ->
            told.note(
                String.format(
                    Locale.ROOT, "rung %d, %s, best NDCG %.4f", rung, candidate.kind(), best)));
    return Optional.of(trial);
  }

  private boolean outOf(double share) {
    return budget.isPresent()
        && !all.isEmpty()
        && nanos.getAsLong() - begun > share * budget.get().toNanos();
  }

  private boolean fits(double work) {
    return budget.isEmpty()
        || worked == 0
        || nanos.getAsLong() - begun + workedNanos / worked * work / FASTER
            <= SHARE * budget.get().toNanos();
  }

  /** Of some trials the best, of equal ones the first. */
  static Optional<AutoTrial> best(List<AutoTrial> trials) {
    return trials.stream()
        .max(
            Comparator.comparingDouble(AutoTrial::ndcg)
                .thenComparing(trials::indexOf, Comparator.reverseOrder()));
  }

  /** As far as the first step leads up that does, the next one from there. */
  static AutoTrial upward(AutoTrial from, int most, List<Step> steps) {
    for (Step step : steps) {
      AutoTrial best = from;
      for (int taken = 0; taken < most; taken++) {
        Optional<AutoTrial> next = step.from(best);
        if (next.isEmpty() || next.get().ndcg() <= best.ndcg()) {
          break;
        }
        best = next.get();
      }
      if (best.ndcg() > from.ndcg()) {
        return best;
      }
    }
    return from;
  }

  /** Judges a neighbour of a trial's candidate; empty where there is none or the time is up. */
  interface Step {
    Optional<AutoTrial> from(AutoTrial trial);
  }

  /** In the order in which they ran. */
  List<AutoTrial> all() {
    return List.copyOf(all);
  }

  /** Candidates that the time did not reach, or would not have seen end. */
  int skipped() {
    return skipped;
  }
}
