package org.neuralrescore.trainer.nmf;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.LearningRows;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;
import org.neuralrescore.trainer.session.Distillation;
import org.neuralrescore.trainer.session.DistillationOptions;
import org.neuralrescore.trainer.session.TwoSidedItems;

/**
 * The factors of {@link NeighbourSolver}, moved on until they rank as the weights do that they are
 * of: {@link Distillation}. A sweep is an epoch of it, the objective its divergence, which may rise
 * now and then: every epoch draws other people. In a {@link FactorState} the rows of W are items
 * too, in the same order.
 *
 * <p>People are drawn from histories with their times where it was told them ({@link #on}), and
 * otherwise from the rows of the matrix. A state holds neither momentum nor place in the learning
 * rate's course, so whoever goes on from one before the end learns anew from the start, to the same
 * bits; factors of an earlier generation are no start.
 */
public final class DistilledSolver implements TwoSidedSolver {
  private final NeighbourSolver neighbours;
  private final DistillationOptions options;
  private final Workers workers;
  private final Optional<Histories> told;

  /**
   * A solver with its options, on some threads that stay the caller's.
   *
   * @param neighbours gives weights and start
   * @param options epochs are the sweeps
   */
  public DistilledSolver(NeighbourSolver neighbours, DistillationOptions options, Workers workers) {
    this(neighbours, options, workers, Optional.empty());
  }

  private DistilledSolver(
      NeighbourSolver neighbours,
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
    return neighbours.rank();
  }

  @Override
  public int sweeps() {
    return options.epochs();
  }

  @Override
  public String key() {
    return "distilled-" + neighbours.key() + " " + options;
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    return neighbours.begin(weights);
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
    TwoSidedItems moved =
        Distillation.run(
            told.orElseGet(() -> Histories.ofRows(weights)),
            neighbours.weights(weights),
            start(weights, progress),
            options,
            sweeps,
            items -> {
              if (items.losses().size() > from.sweeps()) {
                listener.swept(state(items));
              }
            },
            workers,
            progress);
    return state(moved);
  }

  private TwoSidedItems start(SparseMatrix weights, Progress progress) {
    Factors factors = neighbours.fit(weights, progress).factors();
    int rank = factors.rank();
    float[] v = new float[factors.items().length];
    float[] u = new float[v.length];
    for (int at = 0; at < v.length; at++) {
      v[at] = (float) factors.items()[at];
      u[at] = (float) (neighbours.evidenceScale(at / rank) * factors.users()[at]);
    }
    return new TwoSidedItems(rank, v, u, List.of());
  }

  private static FactorState state(TwoSidedItems items) {
    return new FactorState(TwoSidedSolver.factors(items), items.losses());
  }
}
