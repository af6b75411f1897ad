// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.eval.Ranker;

/** Another ranker's order of the cold items, all others behind them: new arrivals on their own. */
public final class ColdRanker implements Ranker {
  private final Ranker ranker;
  private final ColdSplit split;

  /** Ranks the split's cold items as {@code ranker} does. */
  public ColdRanker(Ranker ranker, ColdSplit split) {
    this.ranker = ranker;
    this.split = split;
  }

  @Override
  public String label() {
    return ranker.label() + ", cold items only";
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    ranker.score(seen, user, scores);
    for (int item = 0; item < scores.length; item++) {
      if (!split.isCold(item)) {
        scores[item] = -Float.MAX_VALUE;
      }
    }
  }
}
