// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One ranker's figures on one evaluation set.
 *
 * @param label the ranker's name
 * @param cutoff k
 * @param cases one row a case, in the evaluation set's order: rows of two reports over the same set
 *     belong together
 */
public record RankingReport(String label, int cutoff, List<CaseMetrics> cases) {
  public RankingReport {
    cases = List.copyOf(cases);
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("ranking report expects at least one case, got none");
    }
  }

  /** The mean over cases. */
  public CaseMetrics mean() {
    return new CaseMetrics(
        mean(CaseMetrics::hitRate),
        mean(CaseMetrics::ndcg),
        mean(CaseMetrics::recall),
        mean(CaseMetrics::reciprocalRank),
        mean(CaseMetrics::averagePrecision));
  }

  private double mean(ToDoubleFunction<CaseMetrics> figure) {
    double sum = 0;
    for (CaseMetrics row : cases) {
      sum += figure.applyAsDouble(row);
    }
    return sum / cases.size();
  }
}
