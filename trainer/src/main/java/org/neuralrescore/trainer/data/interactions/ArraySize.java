// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import org.neuralrescore.trainer.base.UserError;

/** What an array of Java holds: 2,147,483,639 values. */
final class ArraySize {
  private static final int MOST = Integer.MAX_VALUE - 8;

  private ArraySize() {}

  /**
   * The next size of an array of lines, which grows by half.
   *
   * @throws UserError of kind INPUT where there is none
   */
  static int behind(int size) {
    if (size >= MOST) {
      throw new UserError(
          UserError.Kind.INPUT,
          "there are more than 2,147,483,639 lines, which is what a data set holds; take those of"
              + " fewer days or users");
    }
    return (int) Math.min(MOST, (long) size + (size >> 1) + 1);
  }
}
