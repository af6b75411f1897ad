// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /**
   * Evaluates at one cut-off.
   *
   * @param cutoff k, at least 1
   * @param workers stay the caller's
   */
  public RankingEvaluation(int cutoff, Workers workers) {
    if (cutoff < 1) {
      throw new IllegalArgumentException("cut-off expects at least 1, got " + cutoff);
    }
    this.cutoff = cutoff;
    this.workers = workers;
  }

  /**
   * Ranks every case.
   *
   * @throws IllegalStateException where the ranker gives a score that is not finite
   */
  public RankingReport evaluate(Ranker ranker, EvaluationSet set, Progress progress) {
    CaseMetrics[] rows = new CaseMetrics[set.size()];
    try (Progress.Task task = progress.start("evaluate " + ranker.label(), set.size())) {
      workers.runRows(
          set.size(),
          CASES_PER_PART,
          (part, from, to) -> {
            CaseRanking ranking = new CaseRanking(ranker, set, cutoff);
            for (int c = from; c < to; c++) {
              ranking.rank(c);
              rows[c] = ranking.metrics(set.targets(c));
            }
            advance(task, to - from);
          });
    }
    List<CaseMetrics> cases = new ArrayList<>(Arrays.asList(rows));
    return new RankingReport(ranker.label(), cutoff, cases);
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
    PopularitySlices slices = new PopularitySlices(popularity, set);
    int size = Math.max(CASES_PER_PART, Workers.parts(set.size(), SURVEY_PARTS));
    Exposure[] exposures = new Exposure[Workers.parts(set.size(), size)];
    try (Progress.Task task = progress.start("evaluate " + ranker.label(), set.size())) {
      workers.runRows(
          set.size(),
          size,
          (part, from, to) -> {
            CaseRanking ranking = new CaseRanking(ranker, set, cutoff);
            Exposure exposure = new Exposure(set.seen().itemCount(), cutoff);
            for (int c = from; c < to; c++) {
              float[] scores = ranking.rank(c);
              rows[c] = ranking.metrics(set.targets(c));
              slices.add(c, rows[c], ranking);
              exposure.add(scores);
            }
            exposures[part] = exposure;
            advance(task, to - from);
          });
    }
    Exposure all = exposures[0];
    for (int part = 1; part < exposures.length; part++) {
      all.merge(exposures[part]);
    }
    List<CaseMetrics> cases = new ArrayList<>(Arrays.asList(rows));
    RankingReport report = new RankingReport(ranker.label(), cutoff, cases);
    return new RankingSurvey(
        report, all.figures(popularity), slices.slices(report), HistorySlices.of(set, report));
  }

  private static void advance(Progress.Task task, int cases) {
    synchronized (task) {
      task.advance(cases);
    }
  }
}
