// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * Ranking among given candidates, such as the 1 against 99 sampled items of He et al. 2017: for
 * comparison with published figures, since sampled metrics order models otherwise than full ones
 * (Krichene and Rendle 2020). Ties count at their expected rank; an item that the model has never
 * heard of stands behind all others.
 */
public final class CandidateEvaluation {
  private static final int CASES_PER_PART = 16;

  private final int cutoff;
  private final Workers workers;

  /**
   * Evaluates at one cut-off.
   *
   * @param cutoff k, at least 1
   * @param workers stay the caller's
   */
  public CandidateEvaluation(int cutoff, Workers workers) {
    if (cutoff < 1) {
      throw new IllegalArgumentException("cut-off expects at least 1, got " + cutoff);
    }
    this.cutoff = cutoff;
    this.workers = workers;
  }

  /** Ranks every case. */
  public RankingReport evaluate(Ranker ranker, CandidateSet set, Progress progress) {
    CaseMetrics[] rows = new CaseMetrics[set.size()];
    try (Progress.Task task = progress.start("evaluate " + ranker.label(), set.size())) {
      workers.runRows(
          set.size(),
          CASES_PER_PART,
          (part, from, to) -> {
            float[] scores = new float[set.seen().itemCount()];
            for (int c = from; c < to; c++) {
              ranker.score(set.seen(), set.user(c), scores);
              int[] candidates = set.candidates(c);
              TieAwareMetrics metrics =
                  new TieAwareMetrics(cutoff, new float[] {score(scores, candidates[0])});
              for (int item : candidates) {
                metrics.add(score(scores, item));
              }
              rows[c] = metrics.compute();
            }
          });
      task.advance(set.size());
    }
    return new RankingReport(ranker.label(), cutoff, Arrays.asList(rows));
  }

  private static float score(float[] scores, int item) {
    return item < 0 ? -Float.MAX_VALUE : scores[item];
  }
}
