package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuralrescore.trainer.dataset.EvaluationSet;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

/**
 * Full ranking: every item that the case's user has not seen competes, none is sampled (Krichene
 * and Rendle 2020).
 */
public final class RankingEvaluation {
  private static final int CASES_PER_PART = 16;

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
            int itemCount = set.seen().itemCount();
            float[] scores = new float[itemCount];
            boolean[] hidden = new boolean[itemCount];
            for (int c = from; c < to; c++) {
              ranker.score(set.seen(), set.user(c), scores);
              rows[c] = metrics(ranker, set, c, scores, hidden);
            }
          });
      task.advance(set.size());
    }
    List<CaseMetrics> cases = new ArrayList<>(Arrays.asList(rows));
    return new RankingReport(ranker.label(), cutoff, cases);
  }

  private CaseMetrics metrics(
      Ranker ranker, EvaluationSet set, int index, float[] scores, boolean[] hidden) {
    int[] targets = set.targets(index);
    float[] targetScores = new float[targets.length];
    for (int t = 0; t < targets.length; t++) {
      targetScores[t] = scores[targets[t]];
    }
    Histories seen = set.seen();
    int user = set.user(index);
    mark(seen, user, hidden, true);
    TieAwareMetrics metrics = new TieAwareMetrics(cutoff, targetScores);
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
      if (!hidden[item]) {
        metrics.add(scores[item]);
      }
    }
    mark(seen, user, hidden, false);
    return metrics.compute();
  }

  private static void mark(Histories seen, int user, boolean[] hidden, boolean value) {
    for (int p = seen.start(user); p < seen.end(user); p++) {
      hidden[seen.item(p)] = value;
    }
  }
}
