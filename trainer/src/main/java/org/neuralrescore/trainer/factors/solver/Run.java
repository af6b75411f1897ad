// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * One run under way: both factors, and what its sweeps carry from one to the next.
 *
 * <p>An extrapolated run begins with {@value #PLAIN_SWEEPS} sweeps that are not extrapolated, and
 * with {@value #ONE_PASS_SWEEPS} of HALS, one pass each. Which of the many local minima a run ends
 * in is decided early, and haste leads to worse ones. Sweeps to the objective of 50 sweeps of HALS,
 * over 20 starts: 9 to 50 and twice not in 60 where all sweeps are A-HALS and extrapolated, 16 to
 * 22 as it is here (20,000 x 10,000, 1,000,000 non-zeros, k = 32); on 2,000 x 600 with 40,000, 10
 * to 33 and twice not in 60 against 16 to 28.
 */
final class Run {
  static final int PLAIN_SWEEPS = 5;
  static final int ONE_PASS_SWEEPS = 10;

  private final NmfOptions options;
  private final SparseMatrix matrix;
  private final SparseMatrix transposed;
  private final NmfState from;
  private final Workers workers;
  private final double[] w;
  private final double[] h;
  private Alternation alternation;
  private Optional<Extrapolator> extrapolator = Optional.empty();
  private double[] columnSummary;
  private double last;
  private int sweeps;

  Run(NmfOptions options, SparseMatrix matrix, NmfState from, Workers workers) {
    NmfSolver solver = options.solver();
    this.options = options;
    this.matrix = matrix;
    this.from = from;
    this.workers = workers;
    transposed = matrix.transpose();
    w = from.rows().clone();
    h = from.columns().clone();
    sweeps = from.sweeps();
    if (sweeps == 0) {
      Start.prepare(solver, options.rank(), matrix, w);
      Start.prepare(solver, options.rank(), transposed, h);
    }
    last = sweeps == 0 ? Double.POSITIVE_INFINITY : from.objective().get(sweeps - 1);
    alternation =
        solver.extrapolates() && sweeps < ONE_PASS_SWEEPS
            ? alternation(NmfSolver.HALS)
            : alternation(solver);
    columnSummary = alternation.summary(h);
  }

  private Alternation alternation(NmfSolver solver) {
    return new Alternation(options.withSolver(solver), matrix, transposed, workers);
  }

  /** Improves W, then H, and returns the objective. */
  double sweep() {
    if (options.solver().extrapolates() && sweeps >= PLAIN_SWEEPS) {
      if (sweeps == ONE_PASS_SWEEPS) {
        alternation = alternation(options.solver());
      }
      if (extrapolator.isEmpty()) {
        extrapolator = Optional.of(new Extrapolator(from.extrapolation(), w, h, workers));
      }
      last = extrapolator.get().sweep(alternation, last);
    } else {
      last = alternation.sweep(w, h, columnSummary, () -> {});
      columnSummary = alternation.columnSummary();
    }
    sweeps++;
    return last;
  }

  NmfState state(List<Double> objective) {
    return extrapolator
        .map(
            e ->
                new NmfState(options.rank(), e.w().clone(), e.h().clone(), objective)
                    .with(e.state()))
        .orElseGet(() -> new NmfState(options.rank(), w.clone(), h.clone(), objective));
  }
}
