// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import org.neuralrescore.trainer.data.interactions.Histories;

/** Everybody gets what most users touched. */
public final class PopularityRanker implements Ranker {
  private final int[] users;

  /** Counts users an item in what may be learned from. */
  public PopularityRanker(Histories learned) {
    this.users = learned.popularityOfAll();
  }

  /**
   * Of what was counted before.
   *
   * @param users who touched each item, [items]; not copied
   */
  public PopularityRanker(int[] users) {
    this.users = users;
  }

  /** How many users touched each item, [items], not a copy. */
  public int[] users() {
    return users;
  }

  @Override
  public String label() {
    return "popularity";
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] = users[i];
    }
  }
}
