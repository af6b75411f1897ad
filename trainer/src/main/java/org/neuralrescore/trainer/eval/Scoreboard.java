// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * A model beside what it has to beat, all on the same cases, each figure with its interval.
 *
 * @param rows the model first; none where nothing was held out
 */
public record Scoreboard(List<Row> rows) {
  public Scoreboard {
    rows = List.copyOf(rows);
  }

  /**
   * One ranker.
   *
   * @param survey its figures
   * @param hitRate HR at the cut-off, with its bootstrap interval
   * @param ndcg NDCG at the cut-off, likewise
   * @param lead of the model over this ranker; empty for the model itself
   */
  public record Row(
      RankingSurvey survey, MetricInterval hitRate, MetricInterval ndcg, Optional<Lead> lead) {}

  /**
   * Model minus baseline on the same cases.
   *
   * @param hitRate of HR at the cut-off
   * @param ndcg of NDCG at the cut-off
   */
  public record Lead(PairedBootstrap hitRate, PairedBootstrap ndcg) {}

  /**
   * Draws the intervals.
   *
   * @param surveys the model first, all over the same evaluation set
   * @param seed of the draws
   * @param progress hears of {@code intervals}, a unit a ranker
   */
  public static Scoreboard of(List<RankingSurvey> surveys, long seed, Progress progress) {
    if (surveys.isEmpty()) {
      throw new IllegalArgumentException("scoreboard expects the model at least, got nothing");
    }
    RankingReport model = surveys.get(0).ranking();
    List<Row> rows = new ArrayList<>();
    try (Progress.Task task = progress.start("intervals", surveys.size())) {
      for (RankingSurvey survey : surveys) {
        RankingReport own = survey.ranking();
        Optional<Lead> lead =
            rows.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new Lead(
                        PairedBootstrap.compare(model, own, CaseMetrics::hitRate, seed),
                        PairedBootstrap.compare(model, own, CaseMetrics::ndcg, seed)));
        rows.add(
            new Row(
                survey,
                interval(own, CaseMetrics::hitRate, seed),
                interval(own, CaseMetrics::ndcg, seed),
                lead));
        task.advance(1);
      }
    }
    return new Scoreboard(rows);
  }

  private static MetricInterval interval(
      RankingReport report, ToDoubleFunction<CaseMetrics> figure, long seed) {
    return MetricInterval.of(report.cases().stream().mapToDouble(figure).toArray(), seed);
  }

  /** The model's figures. */
  public RankingSurvey model() {
    return rows.get(0).survey();
  }
}
