// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

/**
 * What a run made.
 *
 * @param state W, H and the objective after each sweep
 * @param stop why it ended
 */
public record NmfResult(NmfState state, StopReason stop) {}
