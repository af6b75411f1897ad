// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.eval.Ranker;

/**
 * An item's score is the weighted sum of its similarities to the items of the history.
 *
 * @param label its name in reports
 * @param similarities [items x items]
 * @param weighting what each interaction of a history weighs
 */
record NeighbourRanker(String label, SparseMatrix similarities, HistoryWeighting weighting)
    implements Ranker {
  @Override
  public void score(Histories seen, int user, float[] scores) {
    Arrays.fill(scores, 0f);
    float[] weights = weighting.weights(seen, user, seen.end(user));
    for (int i = 0; i < weights.length; i++) {
      int item = seen.item(seen.start(user) + i);
      for (int p = similarities.start(item); p < similarities.end(item); p++) {
        scores[similarities.columns()[p]] += weights[i] * similarities.values()[p];
      }
    }
  }
}
