// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

/** Why a run ended. */
public enum StopReason {
  /** All sweeps asked for are done. */
  SWEEPS_DONE,
  /** The objective fell by no more than the tolerance's share of itself in one sweep. */
  CONVERGED
}
