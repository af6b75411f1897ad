package org.neuralrescore.trainer.nmf;

import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.progress.Progress;

/** How factors are come by: {@link FactorSolver#fit}, or going on from earlier ones. */
@FunctionalInterface
public interface FactorSource {
  /**
   * Factorises.
   *
   * @param weights [rows x items]
   */
  FactorResult factorise(FactorSolver solver, SparseMatrix weights, Progress progress);
}
