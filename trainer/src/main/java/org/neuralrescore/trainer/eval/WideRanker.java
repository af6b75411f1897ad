// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.wide.WideModel;

/** Ranks by the wide score alone. */
public final class WideRanker implements Ranker {
  private final String label;
  private final WideModel model;

  /** Ranks. */
  public WideRanker(String label, WideModel model) {
    this.label = label;
    this.model = model;
  }

  /** What it ranks by. */
  public WideModel model() {
    return model;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    System.arraycopy(model.sums(seen, user).sums(), 0, scores, 0, scores.length);
  }
}
