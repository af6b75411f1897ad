// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/**
 * One case after another in one buffer: what a ranker makes of all items that the case's user has
 * not seen. Not thread-safe.
 */
final class CaseRanking {
  private final Ranker ranker;
  private final EvaluationSet set;
  private final int cutoff;
  private final float[] scores;

  CaseRanking(Ranker ranker, EvaluationSet set, int cutoff) {
    this.ranker = ranker;
    this.set = set;
    this.cutoff = cutoff;
    this.scores = new float[set.seen().itemCount()];
  }

  /**
   * Ranks a case.
   *
   * @return [items], minus infinity where the user has seen the item; overwritten by the next case
   * @throws IllegalStateException where the ranker gives a score that is not finite
   */
  float[] rank(int index) {
    Histories seen = set.seen();
    int user = set.user(index);
    ranker.score(set, index, scores);
    for (int item = 0; item < scores.length; item++) {
      if (!Float.isFinite(scores[item])) {
        throw new IllegalStateException(
            "ranker ["
                + ranker.label()
                + "] scored item row "
                + item
                + " for user row "
                + user
                + " as "
                + scores[item]
                + "; scores must be finite");
      }
    }
    for (int p = seen.start(user); p < seen.end(user); p++) {
      scores[seen.item(p)] = Float.NEGATIVE_INFINITY;
    }
    return scores;
  }

  /** The figures of the case ranked last, were these its targets. */
  CaseMetrics metrics(int[] targets) {
    float[] targetScores = new float[targets.length];
    for (int t = 0; t < targets.length; t++) {
      targetScores[t] = scores[targets[t]];
    }
    TieAwareMetrics metrics = new TieAwareMetrics(cutoff, targetScores);
    for (float score : scores) {
      metrics.add(score);
    }
    return metrics.compute();
  }
}
