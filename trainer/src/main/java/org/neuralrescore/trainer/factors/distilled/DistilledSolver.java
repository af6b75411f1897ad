// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import java.util.Optional;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.factors.neighbour.Teacher;
import org.neuralrescore.trainer.factors.softmax.EpochSolver;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * Factors that rank as the item-to-item weights of a {@link Teacher} do: {@link Distillation}; the
 * objective is its divergence.
 *
 * <p>People are drawn from histories with their times where it was told them ({@link #on}), and
 * otherwise from the rows of the matrix.
 */
public final class DistilledSolver implements EpochSolver {
  private final Teacher teacher;
  private final DistillationOptions options;
  private final Workers workers;
  private final LearnedWeights learned;
  private final Optional<Histories> told;
  private final Optional<TwoSidedItems> known;

  /**
   * A solver with its options, on some threads that stay the caller's.
   *
   * @param teacher of the item-to-item weights
   * @param options rank of a side and the rest; epochs are the sweeps
   */
  public DistilledSolver(Teacher teacher, DistillationOptions options, Workers workers) {
    this(teacher, options, workers, new LearnedWeights());
  }

  /** As above, for several solvers that may have the same teacher. */
  DistilledSolver(
      Teacher teacher, DistillationOptions options, Workers workers, LearnedWeights learned) {
    this(teacher, options, workers, learned, Optional.empty(), Optional.empty());
  }

  private DistilledSolver(
      Teacher teacher,
      DistillationOptions options,
      Workers workers,
      LearnedWeights learned,
      Optional<Histories> told,
      Optional<TwoSidedItems> known) {
    this.teacher = teacher;
    this.options = options;
    this.workers = workers;
    this.learned = learned;
    this.told = told;
    this.known = known;
  }

  @Override
  public FactorSolver on(LearningRows rows) {
    return new DistilledSolver(
        teacher, options, workers, learned, Optional.of(rows.histories()), known);
  }

  @Override
  public FactorSolver startingAt(FactorMatrix items) {
    return new DistilledSolver(
        teacher, options, workers, learned, told, Optional.of(EpochSolver.sides(items)));
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
    return "distilled " + teacher + " " + options;
  }

  @Override
  public TwoSidedItems run(
      SparseMatrix weights, int epochs, Consumer<TwoSidedItems> listener, Progress progress) {
    Histories histories = told.orElseGet(() -> Histories.ofRows(weights));
    return Distillation.run(
        histories,
        learned.of(teacher, weights, histories, workers),
        options,
        known,
        epochs,
        listener,
        workers,
        progress);
  }
}
