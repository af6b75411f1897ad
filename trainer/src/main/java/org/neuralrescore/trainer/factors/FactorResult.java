// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;

/**
 * What a factorisation made.
 *
 * @param factors in the order that they ship in, by share for a first generation
 * @param objective the loss after each sweep, never rising; empty where it must not be told
 */
public record FactorResult(Factors factors, List<Double> objective) {
  public FactorResult {
    objective = List.copyOf(objective);
  }
}
