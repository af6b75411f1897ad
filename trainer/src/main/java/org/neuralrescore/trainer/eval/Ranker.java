// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/** Scores all items for one user after what that user has seen. Thread-safe. */
public interface Ranker {
  /** Its name in reports, such as {@code popularity}. */
  String label();

  /**
   * Scores.
   *
   * @param seen every user's visible history
   * @param user the row of the user to score for
   * @param scores [items], overwritten; larger is better, finite. Seen items may get any score: the
   *     caller leaves them out
   */
  void score(Histories seen, int user, float[] scores);

  /**
   * Scores for a case's request: as above, for most rankers know nothing of a request but its user.
   *
   * @param index a case of the set
   */
  default void score(EvaluationSet set, int index, float[] scores) {
    score(set.seen(), set.user(index), scores);
  }
}
