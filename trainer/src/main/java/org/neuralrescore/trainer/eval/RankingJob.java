// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Optional;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/**
 * What an evaluation asks of a ranker.
 *
 * @param set whose cases are ranked
 * @param cutoff k
 * @param survey the popularity of items, there where the lists are looked at, too
 */
public record RankingJob(
    Ranker ranker, EvaluationSet set, int cutoff, Optional<ItemPopularity> survey) {

  /**
   * Ranks some cases, in their order.
   *
   * @param from the first
   * @param to behind the last
   * @throws IllegalStateException where the ranker gives a score that is not finite
   */
  public RankedPart rank(int from, int to) {
    CaseRanking ranking = new CaseRanking(ranker, set, cutoff);
    CaseMetrics[] cases = new CaseMetrics[to - from];
    if (survey.isEmpty()) {
      for (int c = from; c < to; c++) {
        ranking.rank(c);
        cases[c - from] = ranking.metrics(set.targets(c));
      }
      return new RankedPart(cases, Optional.empty());
    }
    PopularityRows byGroup = new PopularityRows(to - from);
    Exposure exposure = new Exposure(set.seen().itemCount(), cutoff);
    for (int c = from; c < to; c++) {
      float[] scores = ranking.rank(c);
      CaseMetrics whole = ranking.metrics(set.targets(c));
      cases[c - from] = whole;
      byGroup.add(c - from, set.targets(c), survey.get(), whole, ranking);
      exposure.add(scores);
    }
    return new RankedPart(cases, Optional.of(new RankedPart.Lists(byGroup, exposure)));
  }
}
