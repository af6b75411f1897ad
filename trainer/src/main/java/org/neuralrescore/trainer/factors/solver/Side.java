// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Locale;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.math.ArraySize;

/** One side of a factorisation, {@code W} or {@code H}: an array, row-major [rows x rank]. */
public final class Side {
  private Side() {}

  /**
   * Values of a side, to make room for.
   *
   * @throws UserError of kind INPUT where they are more than an array has
   */
  public static int size(int rows, int rank) {
    long size = (long) rows * rank;
    if (size > ArraySize.MOST) {
      throw new UserError(
          UserError.Kind.INPUT,
          String.format(
              Locale.ROOT,
              "factors of %,d rows and rank %,d are %,d values, and a side has %,d at most; choose a"
                  + " smaller --rank, or learn from fewer users",
              rows,
              rank,
              size,
              ArraySize.MOST));
    }
    return (int) size;
  }
}
