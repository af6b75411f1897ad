// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import org.neuralrescore.trainer.eval.RankingReport;

/**
 * A candidate as it was judged.
 *
 * @param candidate with as many sweeps and factors as it had then
 * @param rung from 1 on: of how many rounds it was in
 * @param report on validation cases
 */
public record AutoTrial(Tried candidate, int rung, RankingReport report) {
  /** Mean NDCG at the cut-off. */
  public double ndcg() {
    return report.mean().ndcg();
  }

  /** How many cases it was judged on. */
  int cases() {
    return report.cases().size();
  }
}
