// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.TwoSidedSolver;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.factors.neighbour.NeighbourWeights;
import org.neuralrescore.trainer.factors.solver.Nmf;
import org.neuralrescore.trainer.factors.solver.NmfOptions;
import org.neuralrescore.trainer.factors.solver.NmfState;

/**
 * Factors of what items say of each other instead of what users touched: the item-to-item weights B
 * of {@link NeighbourWeights} as {@code B ~ U V'}, both sides non-negative, by accelerated HALS on
 * the squared error. A cell's row weighs by how much is known of its item, the diagonal of {@code
 * A'A + lambda I}: with the whole matrix in its place this would be reduced-rank regression
 * (Izenman 1975), whose error is that of the predictions and not of the weights.
 *
 * <p>The diagonal of B is free: nobody is asked whether they want what they have. It is filled from
 * the factors before every sweep, so that the objective, the error off the diagonal, never rises.
 *
 * <p>In a {@link FactorState} of this solver the rows of W are items too, in the same order: {@code
 * sqrt(mass_i) u_i}.
 */
public final class NeighbourSolver implements TwoSidedSolver {
  private static final double TOLERANCE = 1e-4;

  private final NmfOptions nmf;
  private final NeighbourOptions options;
  private final Workers workers;
  private Optional<Problem> last = Optional.empty();

  /** Weights kept for the sweeps after a checkpoint, with the matrix that they are of. */
  private record Problem(SparseMatrix rows, NeighbourWeights weights, SparseMatrix target) {}

  /**
   * A solver with its options, on some threads that stay the caller's.
   *
   * @param nmf rank of a side, sweeps, seed, penalties and start
   */
  public NeighbourSolver(NmfOptions nmf, NeighbourOptions options, Workers workers) {
    this.nmf = nmf;
    this.options = options;
    this.workers = workers;
  }

  @Override
  public int rank() {
    return nmf.rank();
  }

  @Override
  public int sweeps() {
    return nmf.sweeps();
  }

  @Override
  public String key() {
    return "neighbours " + options + " " + nmf;
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    return FactorState.of(new Nmf(nmf, workers).start(learned(weights).target()));
  }

  @Override
  public FactorState advance(
      SparseMatrix weights,
      FactorState from,
      int sweeps,
      SweepListener listener,
      Progress progress) {
    SparseMatrix target = learned(weights).target();
    FactorState state = from;
    try (Progress.Task task = progress.start("factors", sweeps)) {
      task.advance(from.sweeps());
      while (state.sweeps() < sweeps && !settled(state.objective())) {
        state = sweep(target, state);
        listener.swept(state);
        task.advance(1);
      }
    }
    return state;
  }

  private static boolean settled(List<Double> objective) {
    int n = objective.size();
    return n > 1 && objective.get(n - 2) - objective.get(n - 1) <= TOLERANCE * objective.get(n - 2);
  }

  private FactorState sweep(SparseMatrix target, FactorState from) {
    int rank = rank();
    double[] diagonal = new double[target.rowCount()];
    // Before the first sweep the factors say nothing yet.
    if (from.sweeps() > 0) {
      for (int item = 0; item < diagonal.length; item++) {
        for (int f = item * rank; f < (item + 1) * rank; f++) {
          diagonal[item] += from.factors().rows()[f] * from.factors().columns()[f];
        }
      }
    }
    NmfState start = new NmfState(rank, from.factors().rows(), from.factors().columns(), List.of());
    NmfState swept =
        new Nmf(nmf.withSweeps(1), workers)
            .resume(withDiagonal(target, diagonal), start, Progress.none(), state -> {})
            .state();
    List<Double> objective = new ArrayList<>(from.objective());
    objective.add(swept.objective().get(0));
    return new FactorState(new Factors(rank, swept.rows(), swept.columns()), objective);
  }

  private static SparseMatrix withDiagonal(SparseMatrix matrix, double[] diagonal) {
    int n = matrix.rowCount();
    int[] starts = new int[n + 1];
    int[] columns = new int[matrix.size() + n];
    float[] values = new float[columns.length];
    int to = 0;
    for (int row = 0; row < n; row++) {
      boolean placed = false;
      for (int p = matrix.start(row); p < matrix.end(row); p++) {
        if (!placed && matrix.columns()[p] > row) {
          columns[to] = row;
          values[to++] = (float) diagonal[row];
          placed = true;
        }
        columns[to] = matrix.columns()[p];
        values[to++] = matrix.values()[p];
      }
      if (!placed) {
        columns[to] = row;
        values[to++] = (float) diagonal[row];
      }
      starts[row + 1] = to;
    }
    return new SparseMatrix(n, starts, columns, values);
  }

  private Problem learned(SparseMatrix rows) {
    if (last.isEmpty() || last.get().rows() != rows) {
      NeighbourWeights weights = NeighbourWeights.of(rows, options, workers);
      SparseMatrix b = weights.weights();
      float[] scaled = new float[b.size()];
      for (int item = 0; item < b.rowCount(); item++) {
        double scale = Math.sqrt(weights.mass()[item]);
        for (int p = b.start(item); p < b.end(item); p++) {
          scaled[p] = (float) (scale * b.values()[p]);
        }
      }
      int[] starts = new int[b.rowCount() + 1];
      for (int item = 0; item < b.rowCount(); item++) {
        starts[item + 1] = b.end(item);
      }
      SparseMatrix target = new SparseMatrix(b.columnCount(), starts, b.columns(), scaled);
      last = Optional.of(new Problem(rows, weights, target));
    }
    return last.get();
  }

  /** {@link #advance} comes first. */
  @Override
  public double evidenceScale(int item) {
    return 1 / Math.sqrt(last.orElseThrow().weights().mass()[item]);
  }
}
