package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.nmf.ImplicitAls;
import org.neuralrescore.trainer.progress.Progress;

/** How a run comes by its factors: from a random start, or going on from earlier ones. */
@FunctionalInterface
public interface Factorisation {

  /** What the factors are for. */
  enum Stage {
    /** To choose on validation cases. */
    FIT,
    /** To ship, learned from fit and validation together. */
    REFIT
  }

  /**
   * Factorises.
   *
   * @param weights [rows x items]: users in their order, then sessions where the run has them;
   *     columns as in the data that the run was given
   */
  ImplicitAls.Result factorise(
      Stage stage, ImplicitAls als, SparseMatrix weights, Progress progress);

  /** From the seed's random start. */
  static Factorisation cold() {
    return (stage, als, weights, progress) -> als.fit(weights, progress);
  }
}
