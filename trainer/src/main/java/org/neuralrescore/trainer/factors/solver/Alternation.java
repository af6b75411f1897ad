// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Both half-sweeps of a solver over one matrix, and the objective that they leave. */
final class Alternation {
  private final NmfOptions options;
  private final NmfLoss loss;
  private final Workers workers;
  private final MatrixSide byRow;
  private final MatrixSide byColumn;
  private final HalfSweep rowSweep;
  private final HalfSweep columnSweep;
  private final double constant;
  private double[] columnSummary = {};

  Alternation(NmfOptions options, SparseMatrix matrix, SparseMatrix transposed, Workers workers) {
    this.options = options;
    this.loss = options.solver().loss();
    this.workers = workers;
    byRow = new MatrixSide(matrix);
    byColumn = new MatrixSide(transposed);
    rowSweep = options.solver().halfSweep(options.rank());
    columnSweep = options.solver().halfSweep(options.rank());
    constant = loss.constant(matrix.values());
  }

  /** {@link NmfLoss#summary} of a factor, new. */
  double[] summary(double[] factor) {
    return loss.summary(factor, options.rank(), workers);
  }

  /**
   * Improves W given H, then H given W.
   *
   * @param w row-major [m x rank], changed in place
   * @param h row-major [n x rank], changed in place
   * @param summary of {@code h}
   * @param between runs when W is improved and H is not; may change {@code w}
   * @return the objective of what {@code w} and {@code h} are then
   */
  double sweep(double[] w, double[] h, double[] summary, Runnable between) {
    rowSweep.improve(byRow, w, h, summary, options.rowPenalty(), false, workers);
    between.run();
    double[] rowSummary = summary(w);
    double fit =
        columnSweep.improve(byColumn, h, w, rowSummary, options.columnPenalty(), true, workers);
    columnSummary = summary(h);
    // Where the fit is perfect the terms cancel, and rounding must not leave less than nothing.
    double data = Math.max(0, constant - fit + loss.cross(rowSummary, columnSummary));
    return data + options.rowPenalty().of(w) + options.columnPenalty().of(h);
  }

  /** The summary of H as the last sweep left it. */
  double[] columnSummary() {
    return columnSummary;
  }
}
