// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.InOrder;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/**
 * Full ranking: every item that the case's user has not seen competes, none is sampled (Krichene
 * and Rendle 2020).
 */
public final class RankingEvaluation {
  private static final int CASES_PER_PART = 16;

  /** Each part of a survey counts items on its own, so there are few of them. */
  private static final int SURVEY_PARTS = 32;

  private final int cutoff;
  private final Workers workers;
  private final PartRanking parts;

  /**
   * Evaluates at one cut-off, in this process.
   *
   * @param cutoff k, at least 1
   * @param workers stay the caller's
   */
  public RankingEvaluation(int cutoff, Workers workers) {
    this(cutoff, workers, PartRanking.here());
  }

  /**
   * Evaluates at one cut-off.
   *
   * @param cutoff k, at least 1
   * @param workers stay the caller's
   * @param parts where cases are ranked
   */
  public RankingEvaluation(int cutoff, Workers workers, PartRanking parts) {
    if (cutoff < 1) {
      throw new IllegalArgumentException("cut-off expects at least 1, got " + cutoff);
    }
    this.cutoff = cutoff;
    this.workers = workers;
    this.parts = parts;
  }

  /**
   * Ranks every case.
   *
   * @throws IllegalStateException where the ranker gives a score that is not finite
   */
  public RankingReport evaluate(Ranker ranker, EvaluationSet set, Progress progress) {
    CaseMetrics[] rows = new CaseMetrics[set.size()];
    try (Progress.Task task = progress.start("evaluate " + ranker.label(), set.size())) {
      parts.rank(
          new RankingJob(ranker, set, cutoff, Optional.empty()),
          CASES_PER_PART,
          workers,
          (part, ranked) -> {
            ranked.copy(rows, part * CASES_PER_PART);
            advance(task, ranked.size());
          });
    }
    return new RankingReport(ranker.label(), cutoff, Arrays.asList(rows));
  }

  /**
   * Ranks every case and looks at more than whether the targets were found.
   *
   * @param popularity of the items in what the ranker learned from
   * @throws IllegalStateException where the ranker gives a score that is not finite
   */
  public RankingSurvey survey(
      Ranker ranker, EvaluationSet set, ItemPopularity popularity, Progress progress) {
    CaseMetrics[] rows = new CaseMetrics[set.size()];
    PopularityRows byGroup = new PopularityRows(set.size());
    int size = Math.max(CASES_PER_PART, Workers.parts(set.size(), SURVEY_PARTS));
    InOrder<Exposure> exposures =
        new InOrder<>(
            (sum, next) -> {
              sum.merge(next);
              return sum;
            });
    try (Progress.Task task = progress.start("evaluate " + ranker.label(), set.size())) {
      parts.rank(
          new RankingJob(ranker, set, cutoff, Optional.of(popularity)),
          size,
          workers,
          (part, ranked) -> {
            ranked.copy(rows, part * size);
            byGroup.put(part * size, ranked.lists().byGroup());
            exposures.put(part, ranked.lists().exposure());
            advance(task, ranked.size());
          });
    }
    RankingReport report = new RankingReport(ranker.label(), cutoff, Arrays.asList(rows));
    return new RankingSurvey(
        report,
        exposures.whole().orElseThrow().figures(popularity),
        PopularitySlices.of(byGroup, report),
        HistorySlices.of(set, report));
  }

  private static void advance(Progress.Task task, int cases) {
    synchronized (task) {
      task.advance(cases);
    }
  }
}
