// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;

/** How many users touched each item, as it travels to executors. */
final class WirePopularity implements WireRanker {
  private static final long serialVersionUID = 1L;

  private final int[] users;

  /**
   * @param users [items]; not copied
   */
  WirePopularity(int[] users) {
    this.users = users;
  }

  @Override
  public Ranker ranker() {
    return new PopularityRanker(users);
  }
}
