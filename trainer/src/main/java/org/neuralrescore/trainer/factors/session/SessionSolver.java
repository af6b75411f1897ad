// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import java.util.Optional;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.softmax.EpochSolver;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * The two sides of {@link SessionTraining} as factors; the objective is its cross-entropy.
 *
 * <p>It learns from histories with their times where it was told them ({@link #on}), and otherwise
 * from the rows of the matrix, each as one session.
 */
public final class SessionSolver implements EpochSolver {
  private final SessionOptions options;
  private final Workers workers;
  private final Optional<Histories> told;
  private final Optional<TwoSidedItems> known;

  /**
   * A solver with its options, on some threads that stay the caller's.
   *
   * @param options rank of a side and the rest; epochs are the sweeps
   */
  public SessionSolver(SessionOptions options, Workers workers) {
    this(options, workers, Optional.empty(), Optional.empty());
  }

  private SessionSolver(
      SessionOptions options,
      Workers workers,
      Optional<Histories> told,
      Optional<TwoSidedItems> known) {
    this.options = options;
    this.workers = workers;
    this.told = told;
    this.known = known;
  }

  @Override
  public FactorSolver on(LearningRows rows) {
    return new SessionSolver(options, workers, Optional.of(rows.histories()), known);
  }

  @Override
  public FactorSolver startingAt(FactorMatrix items) {
    return new SessionSolver(options, workers, told, Optional.of(EpochSolver.sides(items)));
  }

  @Override
  public int rank() {
    return options.rank();
  }

  @Override
  public int sweeps() {
    return options.epochs();
  }

  @Override
  public String key() {
    return "session-softmax " + options;
  }

  @Override
  public TwoSidedItems run(
      SparseMatrix weights, int epochs, Consumer<TwoSidedItems> listener, Progress progress) {
    return SessionTraining.run(
        told.orElseGet(() -> Histories.ofRows(weights)),
        options,
        known,
        epochs,
        listener,
        workers,
        progress);
  }
}
