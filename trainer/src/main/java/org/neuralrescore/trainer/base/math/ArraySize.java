// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

/** What one array of Java holds. */
public final class ArraySize {
  /** Values, as JVMs have them: a few less than the largest {@code int}. */
  public static final int MOST = Integer.MAX_VALUE - 8;

  /** Numbers of four bytes in one array of a file's bytes, with a header before them. */
  public static final int NUMBERS_OF_A_FILE = (Integer.MAX_VALUE - (1 << 12)) / Float.BYTES;

  private ArraySize() {}
}
