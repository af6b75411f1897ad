// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.math.ArraySize;

/** Room for lines whose number is not known before they are read: 2,147,483,639 at most. */
final class LineRoom {
  private LineRoom() {}

  /**
   * The next size of an array of lines, which grows by half.
   *
   * @throws UserError of kind INPUT where there is none
   */
  static int behind(int size) {
    if (size >= ArraySize.MOST) {
      throw new UserError(
          UserError.Kind.INPUT,
          "there are more than 2,147,483,639 lines, which is what a data set holds; take those of"
              + " fewer days or users");
    }
    return (int) Math.min(ArraySize.MOST, (long) size + (size >> 1) + 1);
  }
}
