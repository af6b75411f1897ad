package org.neuralrescore.trainer.nmf;

import java.util.Optional;
import java.util.function.Consumer;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.LearningRows;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.neighbour.NeighbourWeights;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;
import org.neuralrescore.trainer.session.Distillation;
import org.neuralrescore.trainer.session.DistillationOptions;
import org.neuralrescore.trainer.session.TwoSidedItems;

/**
 * Factors that rank as the item-to-item weights of {@link NeighbourWeights} do: {@link
 * Distillation}. A sweep is an epoch of it, the objective its divergence, which may rise now and
 * then: every epoch draws other people. In a {@link FactorState} the rows of W are items too, in
 * the same order.
 *
 * <p>People are drawn from histories with their times where it was told them ({@link #on}), and
 * otherwise from the rows of the matrix. A state holds neither momentum nor place in the learning
 * rate's course, so whoever goes on from one before the end learns anew from the start, to the same
 * bits; factors of an earlier generation are no start.
 */
public final class DistilledSolver implements TwoSidedSolver {
  private final NeighbourOptions neighbours;
  private final DistillationOptions options;
  private final Workers workers;
  private final Optional<Histories> told;

  /**
   * A solver with its options, on some threads that stay the caller's.
   *
   * @param neighbours of the weights
   * @param options rank of a side and the rest; epochs are the sweeps
   */
  public DistilledSolver(
      NeighbourOptions neighbours, DistillationOptions options, Workers workers) {
    this(neighbours, options, workers, Optional.empty());
  }

  private DistilledSolver(
      NeighbourOptions neighbours,
      DistillationOptions options,
      Workers workers,
      Optional<Histories> told) {
    this.neighbours = neighbours;
    this.options = options;
    this.workers = workers;
    this.told = told;
  }

  @Override
  public FactorSolver on(LearningRows rows) {
    return new DistilledSolver(neighbours, options, workers, Optional.of(rows.histories()));
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
    return "distilled " + neighbours + " " + options;
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    return state(run(weights, 0, items -> {}, Progress.none()));
  }

  @Override
  public FactorState advance(
      SparseMatrix weights,
      FactorState from,
      int sweeps,
      SweepListener listener,
      Progress progress) {
    if (from.sweeps() >= sweeps) {
      return from;
    }
    return state(
        run(
            weights,
            sweeps,
            items -> {
              if (items.losses().size() > from.sweeps()) {
                listener.swept(state(items));
              }
            },
            progress));
  }

  private TwoSidedItems run(
      SparseMatrix weights, int epochs, Consumer<TwoSidedItems> listener, Progress progress) {
    return Distillation.run(
        told.orElseGet(() -> Histories.ofRows(weights)),
        NeighbourWeights.of(weights, neighbours, workers).weights(),
        options,
        epochs,
        listener,
        workers,
        progress);
  }

  private static FactorState state(TwoSidedItems items) {
    return new FactorState(TwoSidedSolver.factors(items), items.losses());
  }
}
