// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.FactorSource;

/** Source of a run's factors: from a random start, or going on from earlier ones. */
@FunctionalInterface
public interface Factorisation {

  /** What the factors are for. */
  enum Stage {
    /** To choose on validation cases. */
    FIT,
    /** To ship, learned from fit and validation together. */
    REFIT,
    /** Fewer of the same to ship in their place, where nothing that ships reads one. */
    FEW
  }

  /**
   * Factorises.
   *
   * @param weights [rows x items]: users in their order, then sessions where the run has them;
   *     columns as in the data that the run was given
   */
  FactorResult factorise(Stage stage, FactorSolver solver, SparseMatrix weights, Progress progress);

  /** The options of a stage: as asked, but where a start of its own asks for fewer sweeps. */
  default FactorOptions options(Stage stage, FactorOptions asked) {
    return asked;
  }

  /** The same for one stage. */
  default FactorSource at(Stage stage) {
    return (solver, weights, progress) -> factorise(stage, solver, weights, progress);
  }

  /** How the users of its factors are encoded. */
  default UserEncoding encoding() {
    return UserEncoding.here();
  }

  /** Where the held-out cases of models over its factors are ranked. */
  default PartRanking ranking() {
    return PartRanking.here();
  }

  /** From the solver's own start. */
  static Factorisation cold() {
    return (stage, solver, weights, progress) -> solver.fit(weights, progress);
  }
}
