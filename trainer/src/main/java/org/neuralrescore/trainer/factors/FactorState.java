// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.factors.solver.Extrapolation;
import org.neuralrescore.trainer.factors.solver.NmfState;

/**
 * A factorisation under way: what a further sweep needs to know, and so all that a checkpoint
 * holds. Going on from a state gives what running through would have given, bit for bit.
 *
 * @param factors W and H after the last sweep
 * @param sweeps done
 * @param objective the loss after each sweep so far, never rising; empty before the first, and
 *     where the loss itself must not be told
 * @param extrapolation what an extrapolated solver knows beside; empty for the others
 */
public record FactorState(
    Factors factors, int sweeps, List<Double> objective, Optional<Extrapolation> extrapolation) {
  public FactorState {
    objective = List.copyOf(objective);
    if (sweeps < objective.size()) {
      throw new IllegalArgumentException(
          "factor state of " + sweeps + " sweeps got " + objective.size() + " losses");
    }
  }

  /** Of a solver that does not extrapolate. */
  public FactorState(Factors factors, int sweeps, List<Double> objective) {
    this(factors, sweeps, objective, Optional.empty());
  }

  /** With a loss for every sweep. */
  public FactorState(Factors factors, List<Double> objective) {
    this(factors, objective.size(), objective);
  }

  /** Where a classical solver stands; the arrays are the state's own. */
  public static FactorState of(NmfState state) {
    return new FactorState(
        new Factors(state.rank(), state.rows(), state.columns()),
        state.sweeps(),
        state.objective(),
        state.extrapolation());
  }
}
