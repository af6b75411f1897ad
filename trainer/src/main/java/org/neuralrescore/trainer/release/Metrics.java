// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.Reliability;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.Slice;

/** Figures as they stand in a manifest and in {@code --json}: names that a person would say. */
public final class Metrics {
  private Metrics() {}

  /**
   * All reports of a run.
   *
   * @param protocol how cases were held out, such as {@code leave-last-out}
   * @return protocol, number of cases, then one entry a ranker, in order
   */
  public static Map<String, Object> of(String protocol, List<RankingReport> reports) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("protocol", protocol + ", all unseen items, ties at their expected rank");
    all.put("cases", reports.get(0).cases().size());
    reports.forEach(report -> all.put(report.label(), of(report.mean(), report.cutoff())));
    return all;
  }

  /**
   * All that a scoreboard holds: as above and, for every ranker, intervals, what its lists look
   * like together, figures by part, and the model's lead over it on the same cases.
   *
   * @param protocol how cases were held out, such as {@code leave-last-out}
   */
  public static Map<String, Object> of(String protocol, Scoreboard scoreboard) {
    Map<String, Object> all =
        of(protocol, scoreboard.rows().stream().map(row -> row.survey().ranking()).toList());
    for (Scoreboard.Row row : scoreboard.rows()) {
      RankingSurvey survey = row.survey();
      int k = survey.ranking().cutoff();
      Map<String, Object> figures = of(survey.ranking().mean(), k);
      figures.put("hr@" + k + "_interval", interval(row.hitRate().low(), row.hitRate().high()));
      figures.put("ndcg@" + k + "_interval", interval(row.ndcg().low(), row.ndcg().high()));
      figures.put("coverage@" + k, rounded(survey.beyond().coverage()));
      figures.put("gini@" + k, rounded(survey.beyond().gini()));
      figures.put("novelty@" + k, rounded(survey.beyond().novelty()));
      row.lead()
          .ifPresent(
              lead -> {
                Map<String, Object> over = new LinkedHashMap<>();
                over.put("hr@" + k, difference(lead.hitRate()));
                over.put("ndcg@" + k, difference(lead.ndcg()));
                figures.put("model_minus_this", over);
              });
      figures.put("by_popularity", slices(survey.byPopularity()));
      figures.put("by_history", slices(survey.byHistory()));
      all.put(survey.ranking().label(), figures);
    }
    return all;
  }

  /** What the parts of a model that may read histories add to each other. */
  public static List<Map<String, Object>> of(List<PartWorth> parts, int cutoff) {
    return parts.stream()
        .map(
            part -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("part", part.part());
              row.put("to", part.to());
              row.put("ndcg@" + cutoff, difference(part.gain()));
              return row;
            })
        .toList();
  }

  /** Reliability of probabilities. */
  public static Map<String, Object> of(Reliability reliability) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", reliability.rows());
    map.put("expected_calibration_error", rounded(reliability.expectedError()));
    map.put("brier", rounded(reliability.brier()));
    map.put("mean_predicted", rounded(reliability.predicted()));
    map.put("share_observed", rounded(reliability.observed()));
    map.put(
        "bins",
        reliability.bins().stream()
            .map(
                bin -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("low", bin.low());
                  row.put("high", bin.high());
                  row.put("rows", bin.rows());
                  row.put("predicted", rounded(bin.predicted()));
                  row.put("observed", rounded(bin.observed()));
                  return row;
                })
            .toList());
    return map;
  }

  private static List<Double> interval(double low, double high) {
    return List.of(rounded(low), rounded(high));
  }

  private static Map<String, Object> difference(PairedBootstrap difference) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("difference", rounded(difference.difference()));
    map.put("interval", interval(difference.low(), difference.high()));
    return map;
  }

  private static Map<String, Object> slices(List<Slice> slices) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Slice slice : slices) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("cases", slice.report().cases().size());
      row.putAll(of(slice.report().mean(), slice.report().cutoff()));
      map.put(slice.name(), row);
    }
    return map;
  }

  /** One mean. */
  public static Map<String, Object> of(CaseMetrics mean, int cutoff) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("hr@" + cutoff, rounded(mean.hitRate()));
    row.put("ndcg@" + cutoff, rounded(mean.ndcg()));
    row.put("recall@" + cutoff, rounded(mean.recall()));
    row.put("map@" + cutoff, rounded(mean.averagePrecision()));
    row.put("mrr@" + cutoff, rounded(mean.reciprocalRank()));
    return row;
  }

  /** Six digits say more than any interval of such a figure. */
  private static double rounded(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }
}
