// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

/** Hears of every sweep, on the caller's thread, before the next begins. */
@FunctionalInterface
public interface SweepListener {
  /**
   * A sweep ended.
   *
   * @param state its arrays are written by the next sweep: whoever keeps them copies them now
   */
  void swept(FactorState state);

  /** Hears nothing. */
  static SweepListener none() {
    return state -> {};
  }
}
