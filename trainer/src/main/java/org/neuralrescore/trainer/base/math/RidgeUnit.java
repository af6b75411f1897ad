// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

/** In what a ridge is counted, so that {@code lambda} is a number of cells whatever they hold. */
public final class RidgeUnit {
  private RidgeUnit() {}

  /**
   * The mean square of some cells, and 1 where that is less: cells of ones, and what age has made
   * less of them, are counted as they are.
   *
   * @param squares the sum of their squares
   * @param cells how many, 0 included
   */
  public static double of(double squares, long cells) {
    return Math.max(1, squares / Math.max(1, cells));
  }
}
