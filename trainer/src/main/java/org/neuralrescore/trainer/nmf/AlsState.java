package org.neuralrescore.trainer.nmf;

import java.util.List;

/**
 * Alternations under way: what a further sweep needs to know, and so all that a checkpoint holds.
 * Going on from a state gives what running through would have given, bit for bit.
 *
 * @param factors W and H after the last sweep
 * @param objective the loss after each sweep so far, never rising; empty before the first
 */
public record AlsState(Factors factors, List<Double> objective) {
  public AlsState {
    objective = List.copyOf(objective);
  }

  /** Sweeps done. */
  public int sweeps() {
    return objective.size();
  }
}
