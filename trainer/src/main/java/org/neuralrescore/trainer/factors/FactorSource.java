// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Source of factors: {@link FactorSolver#fit}, or going on from earlier ones. */
@FunctionalInterface
public interface FactorSource {
  /**
   * Factorises.
   *
   * @param weights [rows x items]
   */
  FactorResult factorise(FactorSolver solver, SparseMatrix weights, Progress progress);
}
