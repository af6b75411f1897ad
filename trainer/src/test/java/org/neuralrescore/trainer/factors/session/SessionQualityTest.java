// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;
import org.neuralrescore.trainer.realdata.RealData;

/**
 * The defaults on real baskets, on validation cases: over seeds 42, 1 and 2 NDCG@10 was .0974,
 * .0962 and .0925, where an implementation apart from this code, in PyTorch with signed evidence at
 * half the learning rate, had .0958. The band is that of seeds.
 */
@Tag("quality")
@Tag("long")
class SessionQualityTest {
  private record SumRanker(TwoSidedItems items, SessionOptions options) implements Ranker {
    @Override
    public String label() {
      return "session-softmax";
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      int rank = items.rank();
      float[] x = new float[rank];
      float[] weights = options.weighting().weights(seen, user, seen.end(user));
      for (int i = 0; i < weights.length; i++) {
        int row = seen.item(seen.start(user) + i) * rank;
        for (int f = 0; f < rank; f++) {
          x[f] += weights[i] * items.evidence()[row + f];
        }
      }
      Arrays.fill(scores, 0f);
      for (int j = 0; j < scores.length; j++) {
        for (int f = 0; f < rank; f++) {
          scores[j] += x[f] * items.factors()[j * rank + f];
        }
      }
    }
  }

  @Test
  void onlineRetail_staysInItsBand() {
    Split split = new LeaveLastOut().split(RealData.read("online-retail"));
    SessionOptions options = SessionOptions.defaults();
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      TwoSidedItems items = SessionTraining.run(split.fit(), options, workers, Progress.none());
      CaseMetrics mean =
          new RankingEvaluation(10, workers)
              .evaluate(new SumRanker(items, options), split.validation(), Progress.none())
              .mean();
      String measured =
          String.format(Locale.ROOT, "HR@10 %.4f, NDCG@10 %.4f", mean.hitRate(), mean.ndcg());
      assertEquals(.0955, mean.ndcg(), .004, measured);
      assertEquals(.164, mean.hitRate(), .006, measured);
    }
  }
}
