// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * Factorises a sparse non-negative matrix, {@code A ~ W H'}. The objective, {@code loss +
 * penalties}, never rises from sweep to sweep; the result is the same bits for any number of
 * threads, and for a run that was stopped after a sweep and resumed.
 */
public final class Nmf {
  private final NmfOptions options;
  private final Workers workers;

  /** A solver with its options, on some threads that stay the caller's. */
  public Nmf(NmfOptions options, Workers workers) {
    this.options = options;
    this.workers = workers;
  }

  /**
   * Factorises from the start that the options name.
   *
   * @param matrix A, [m x n], finite and non-negative
   */
  public NmfResult fit(SparseMatrix matrix, Progress progress) {
    SparseMatrix positive = positive(matrix);
    return run(positive, Start.of(options, positive, workers), progress, Optional.empty());
  }

  /**
   * Factorises from known factors or goes on from where a run stood, without checkpoints.
   *
   * @param matrix A, [m x n], finite and non-negative
   * @param from where to begin; not written to
   */
  public NmfResult fit(SparseMatrix matrix, NmfState from, Progress progress) {
    requireShape(matrix, from);
    return run(positive(matrix), from, progress, Optional.empty());
  }

  /**
   * Goes on from where a run stood, or begins from known factors ({@link NmfState#warmStart}).
   *
   * @param matrix A, the same as before
   * @param from where to begin; not written to
   * @param checkpoint receives the state after every sweep; its arrays are copies
   */
  public NmfResult resume(
      SparseMatrix matrix, NmfState from, Progress progress, Consumer<NmfState> checkpoint) {
    requireShape(matrix, from);
    return run(positive(matrix), from, progress, Optional.of(checkpoint));
  }

  private void requireShape(SparseMatrix matrix, NmfState from) {
    int rank = options.rank();
    if (from.rank() != rank
        || from.rows().length != (long) matrix.rowCount() * rank
        || from.columns().length != (long) matrix.columnCount() * rank) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "NMF of rank %d of a %d x %d matrix cannot go on from rank %d with %d and %d values",
              rank,
              matrix.rowCount(),
              matrix.columnCount(),
              from.rank(),
              from.rows().length,
              from.columns().length));
    }
  }

  /** The start that {@link #fit(SparseMatrix, Progress)} would take, for a run with checkpoints. */
  public NmfState start(SparseMatrix matrix) {
    return Start.of(options, positive(matrix), workers);
  }

  private NmfResult run(
      SparseMatrix matrix,
      NmfState from,
      Progress progress,
      Optional<Consumer<NmfState>> checkpoint) {
    Run run = new Run(options, matrix, from, workers);
    List<Double> objective = new ArrayList<>(from.objective());
    // A run that was stopped behind its last sweep has no other to do.
    boolean ended = converged(objective);
    StopReason stop = ended ? StopReason.CONVERGED : StopReason.SWEEPS_DONE;
    try (Progress.Task task = progress.start(taskName(), options.sweeps())) {
      task.advance(Math.min(objective.size(), options.sweeps()));
      while (!ended && objective.size() < options.sweeps()) {
        objective.add(run.sweep());
        task.advance(1);
        task.note(
            String.format(Locale.ROOT, "objective %.6g", objective.get(objective.size() - 1)));
        checkpoint.ifPresent(receiver -> receiver.accept(run.state(objective)));
        if (converged(objective)) {
          stop = StopReason.CONVERGED;
          ended = true;
        }
      }
    }
    return new NmfResult(run.state(objective), stop);
  }

  private String taskName() {
    return "factors (" + options.solver().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
  }

  private boolean converged(List<Double> objective) {
    int n = objective.size();
    return n > 1
        && objective.get(n - 2) - objective.get(n - 1)
            <= options.tolerance() * objective.get(n - 2);
  }

  /** A without explicit zeros, which say no more than absent cells and would divide 0 by 0. */
  private static SparseMatrix positive(SparseMatrix matrix) {
    int kept = 0;
    for (int r = 0; r < matrix.rowCount(); r++) {
      for (int p = matrix.start(r); p < matrix.end(r); p++) {
        float value = matrix.values()[p];
        if (value < 0) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "NMF expects a non-negative matrix, got [%d, %d] = %s",
                  r,
                  matrix.columns()[p],
                  value));
        }
        kept += value > 0 ? 1 : 0;
      }
    }
    if (kept == matrix.size()) {
      return matrix;
    }
    int[] starts = new int[matrix.rowCount() + 1];
    int[] columns = new int[kept];
    float[] values = new float[kept];
    int to = 0;
    for (int r = 0; r < matrix.rowCount(); r++) {
      for (int p = matrix.start(r); p < matrix.end(r); p++) {
        if (matrix.values()[p] > 0) {
          columns[to] = matrix.columns()[p];
          values[to++] = matrix.values()[p];
        }
      }
      starts[r + 1] = to;
    }
    return new SparseMatrix(matrix.columnCount(), starts, columns, values);
  }
}
