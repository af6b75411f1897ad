// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import org.neuralrescore.trainer.factors.softmax.ShownItems;

/** A session of which a part is hidden. Holds its array without copying. */
final class MaskedSession {
  private final ShownItems shown;
  private final int[] hidden;

  /**
   * @param shown of the history and of the session
   * @param hidden items asked for, at least 1
   */
  MaskedSession(ShownItems shown, int[] hidden) {
    this.shown = shown;
    this.hidden = hidden;
  }

  ShownItems shown() {
    return shown;
  }

  int[] hidden() {
    return hidden;
  }
}
