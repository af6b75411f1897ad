// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;

/**
 * What a factorisation made.
 *
 * @param factors in the order that they ship in, by share for a first generation
 * @param objective the loss after each sweep, never rising; empty where it must not be told
 * @param ofOthers whether it learned from other users than those of the matrix that it was given:
 *     then it has no rows, and no item knows one of these users
 */
public record FactorResult(Factors factors, List<Double> objective, boolean ofOthers) {
  public FactorResult {
    objective = List.copyOf(objective);
    if (ofOthers && factors.rows().length > 0) {
      throw new IllegalArgumentException("factors of other users got rows of these");
    }
  }

  /** Learned from the matrix that it was given. */
  public FactorResult(Factors factors, List<Double> objective) {
    this(factors, objective, false);
  }
}
