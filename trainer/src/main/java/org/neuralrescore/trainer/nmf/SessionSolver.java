package org.neuralrescore.trainer.nmf;

import java.util.Optional;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.LearningRows;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;
import org.neuralrescore.trainer.session.SessionOptions;
import org.neuralrescore.trainer.session.SessionTraining;
import org.neuralrescore.trainer.session.TwoSidedItems;

/**
 * The two sides of {@link SessionTraining} as factors. A sweep is an epoch, the objective its
 * cross-entropy, which may rise now and then: every epoch hides other things. In a {@link
 * FactorState} the rows of W are items too, in the same order: what having touched them says.
 *
 * <p>It learns from histories with their times where it was told them ({@link #on}), and otherwise
 * from the rows of the matrix, each as one session. A state holds neither momentum nor place in the
 * learning rate's course, so whoever goes on from one before the end learns anew from the start, to
 * the same bits; factors of an earlier generation are no start.
 */
public final class SessionSolver implements TwoSidedSolver {
  private final SessionOptions options;
  private final Workers workers;
  private final Optional<Histories> told;

  /**
   * A solver with its options, on some threads that stay the caller's.
   *
   * @param options rank of a side and the rest; epochs are the sweeps
   */
  public SessionSolver(SessionOptions options, Workers workers) {
    this(options, workers, Optional.empty());
  }

  private SessionSolver(SessionOptions options, Workers workers, Optional<Histories> told) {
    this.options = options;
    this.workers = workers;
    this.told = told;
  }

  @Override
  public FactorSolver on(LearningRows rows) {
    return new SessionSolver(options, workers, Optional.of(rows.histories()));
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

  private Histories histories(SparseMatrix weights) {
    return told.orElseGet(() -> Histories.ofRows(weights));
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    return state(
        SessionTraining.run(histories(weights), options, 0, items -> {}, workers, Progress.none()));
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
        SessionTraining.run(
            histories(weights),
            options,
            sweeps,
            items -> {
              if (items.losses().size() > from.sweeps()) {
                listener.swept(state(items));
              }
            },
            workers,
            progress));
  }

  private static FactorState state(TwoSidedItems items) {
    return new FactorState(TwoSidedSolver.factors(items), items.losses());
  }
}
