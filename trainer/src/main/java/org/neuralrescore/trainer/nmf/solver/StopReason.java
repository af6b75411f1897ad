package org.neuralrescore.trainer.nmf.solver;

/** Why a run ended. */
public enum StopReason {
  /** All sweeps asked for are done. */
  SWEEPS_DONE,
  /** The objective fell by no more than the tolerance's share of itself in one sweep. */
  CONVERGED
}
