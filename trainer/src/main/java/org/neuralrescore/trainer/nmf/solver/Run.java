package org.neuralrescore.trainer.nmf.solver;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/** One run under way: both factors, and what its sweeps carry from one to the next. */
final class Run {
  private final int rank;
  private final Alternation alternation;
  private final Optional<Extrapolator> extrapolator;
  private final double[] w;
  private final double[] h;
  private double[] columnSummary;
  private double last;

  Run(NmfOptions options, SparseMatrix matrix, NmfState from, Workers workers) {
    NmfSolver solver = options.solver();
    rank = options.rank();
    SparseMatrix transposed = matrix.transpose();
    w = from.rows().clone();
    h = from.columns().clone();
    int sweeps = from.sweeps();
    if (sweeps == 0) {
      Start.prepare(solver, rank, matrix, w);
      Start.prepare(solver, rank, transposed, h);
    }
    last = sweeps == 0 ? Double.POSITIVE_INFINITY : from.objective().get(sweeps - 1);
    alternation = new Alternation(options, matrix, transposed, workers);
    extrapolator =
        solver.extrapolates()
            ? Optional.of(new Extrapolator(alternation, from.extrapolation(), w, h, workers))
            : Optional.empty();
    columnSummary = extrapolator.isPresent() ? new double[0] : alternation.summary(h);
  }

  /** Improves W, then H, and returns the objective. */
  double sweep() {
    if (extrapolator.isPresent()) {
      last = extrapolator.get().sweep(last);
    } else {
      last = alternation.sweep(w, h, columnSummary, () -> {});
      columnSummary = alternation.columnSummary();
    }
    return last;
  }

  NmfState state(List<Double> objective) {
    return extrapolator
        .map(e -> new NmfState(rank, e.w().clone(), e.h().clone(), objective).with(e.state()))
        .orElseGet(() -> new NmfState(rank, w.clone(), h.clone(), objective));
  }
}
