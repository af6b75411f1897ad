package org.neuralrescore.trainer.nmf.solver;

import java.util.List;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/** One run under way: both factors, both sides of A, and the summary of H between sweeps. */
final class Run {
  private final NmfOptions options;
  private final NmfLoss loss;
  private final Workers workers;
  private final MatrixSide byRow;
  private final MatrixSide byColumn;
  private final HalfSweep rowSweep;
  private final HalfSweep columnSweep;
  private final double[] w;
  private final double[] h;
  private final double constant;
  private double[] columnSummary;

  Run(NmfOptions options, SparseMatrix matrix, NmfState from, Workers workers) {
    this.options = options;
    this.loss = options.solver().loss();
    this.workers = workers;
    SparseMatrix transposed = matrix.transpose();
    byRow = new MatrixSide(matrix);
    byColumn = new MatrixSide(transposed);
    rowSweep = options.solver().halfSweep(options.rank());
    columnSweep = options.solver().halfSweep(options.rank());
    w = from.rows().clone();
    h = from.columns().clone();
    if (from.sweeps() == 0) {
      Start.prepare(options.solver(), options.rank(), matrix, w);
      Start.prepare(options.solver(), options.rank(), transposed, h);
    }
    constant = loss.constant(matrix.values());
    columnSummary = loss.summary(h, options.rank(), workers);
  }

  /** Improves W, then H, and returns the objective. */
  double sweep() {
    rowSweep.improve(byRow, w, h, columnSummary, options.rowPenalty(), false, workers);
    double[] rowSummary = loss.summary(w, options.rank(), workers);
    double fit =
        columnSweep.improve(byColumn, h, w, rowSummary, options.columnPenalty(), true, workers);
    columnSummary = loss.summary(h, options.rank(), workers);
    // Where the fit is perfect the terms cancel, and rounding must not leave less than nothing.
    double data = Math.max(0, constant - fit + loss.cross(rowSummary, columnSummary));
    return data + options.rowPenalty().of(w) + options.columnPenalty().of(h);
  }

  NmfState state(List<Double> objective) {
    return new NmfState(options.rank(), w.clone(), h.clone(), objective);
  }
}
