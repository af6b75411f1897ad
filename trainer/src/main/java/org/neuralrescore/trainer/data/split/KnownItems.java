// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * Validation cases that ask for items of which something is known. An item that nobody touched
 * before the cut, and that is among the items only because somebody did behind it, gives itself
 * away: a scorer that puts untouched items first finds it and knows nothing of anybody. Where a
 * catalogue brings items that nobody touched at all, as many as those or more, being untouched
 * gives nothing away, and all cases stay: what is new is asked for, too.
 */
final class KnownItems {
  private KnownItems() {}

  /**
   * The cases without items that nothing is known of; all of them where none would be left.
   *
   * @param all interactions of both sides of the cut
   * @param learned those before it
   */
  static EvaluationSet of(Histories all, Histories learned, EvaluationSet cases) {
    int[] ever = all.popularityOfAll();
    int[] before = learned.popularityOfAll();
    int givenAway = 0;
    int untouched = 0;
    for (int item = 0; item < ever.length; item++) {
      if (ever[item] == 0) {
        untouched++;
      } else if (before[item] == 0) {
        givenAway++;
      }
    }
    return untouched >= givenAway ? cases : cases.ofTargets(user -> item -> before[item] > 0);
  }
}
