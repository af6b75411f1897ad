// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.List;

/**
 * All that is known of one ranker on one evaluation set.
 *
 * @param ranking whether it finds the targets
 * @param beyond what its lists look like together
 * @param byPopularity figures by how common the targets are, the commonest first; parts without a
 *     case are left out
 * @param byHistory figures by how long a history it was shown, the shortest first
 */
public record RankingSurvey(
    RankingReport ranking, BeyondAccuracy beyond, List<Slice> byPopularity, List<Slice> byHistory) {
  public RankingSurvey {
    byPopularity = List.copyOf(byPopularity);
    byHistory = List.copyOf(byHistory);
  }
}
