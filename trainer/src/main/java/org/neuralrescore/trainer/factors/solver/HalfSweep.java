// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import org.neuralrescore.trainer.base.parallel.Workers;

/** Improves one factor given the other. Never raises the objective. */
interface HalfSweep {
  /**
   * Updates {@code x} in place.
   *
   * @param side A seen from the rows of {@code x}
   * @param x the factor to improve, row-major [side rows x rank]
   * @param y the fixed factor, row-major [side columns x rank]
   * @param summary {@link NmfLoss#summary} of {@code y}
   * @param penalty on {@code x}
   * @param fit whether the return value is wanted
   * @return the loss's sum over the non-zeros with the new {@code x}, {@code sum a log p} or {@code
   *     sum a p}; 0 where {@code fit} is false
   */
  double improve(
      MatrixSide side,
      double[] x,
      double[] y,
      double[] summary,
      Penalty penalty,
      boolean fit,
      Workers workers);
}
