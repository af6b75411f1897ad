package org.neuralrescore.trainer.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.RankingReport;

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

  /** One mean. */
  public static Map<String, Object> of(CaseMetrics mean, int cutoff) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("hr@" + cutoff, rounded(mean.hitRate()));
    row.put("ndcg@" + cutoff, rounded(mean.ndcg()));
    row.put("recall@" + cutoff, rounded(mean.recall()));
    row.put("mrr@" + cutoff, rounded(mean.reciprocalRank()));
    return row;
  }

  /** Six digits say more than any interval of such a figure. */
  private static double rounded(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }
}
