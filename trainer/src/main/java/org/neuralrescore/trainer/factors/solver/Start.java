// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Makes the factors that a run starts from. */
final class Start {
  /** What multiplicative updates never go below: they could not come back from zero. */
  static final double FLOOR = 1e-16;

  /** The share of the random start's scale to which zeros are lifted where zero is a trap. */
  private static final double LIFT = 1e-3;

  private Start() {}

  /** A start for a matrix with sorted, positive values. */
  static NmfState of(NmfOptions options, SparseMatrix matrix, Workers workers) {
    double[] w = random(matrix.rowCount(), options, matrix, 0);
    double[] h = random(matrix.columnCount(), options, matrix, 1);
    if (options.initialisation() != Initialisation.RANDOM) {
      new NnDsvd(options, workers).overwrite(matrix, w, h);
      if (options.initialisation() == Initialisation.NNDSVDA) {
        lift(w, mean(matrix));
        lift(h, mean(matrix));
      }
    }
    return new NmfState(options.rank(), w, h, List.of());
  }

  /**
   * Makes any start fit for a solver: zeros are lifted where it could not leave them or where they
   * would make the loss infinite, and rows without a non-zero, whose best value is zero, get it.
   */
  static void prepare(NmfSolver solver, int rank, SparseMatrix matrix, double[] x) {
    if (solver.isMultiplicative() || solver.loss().needsPositiveStart()) {
      lift(x, Math.max(FLOOR, LIFT * scale(matrix, rank)));
    }
    for (int row = 0; row < matrix.rowCount(); row++) {
      if (matrix.start(row) == matrix.end(row)) {
        Arrays.fill(x, row * rank, (row + 1) * rank, 0.0);
      }
    }
  }

  private static void lift(double[] x, double value) {
    for (int i = 0; i < x.length; i++) {
      if (x[i] < FLOOR) {
        x[i] = value;
      }
    }
  }

  private static double[] random(int rows, NmfOptions options, SparseMatrix matrix, int side) {
    double scale = scale(matrix, options.rank());
    SplittableRandom random = new SplittableRandom(options.seed() * 2 + side);
    double[] factor = new double[Side.size(rows, options.rank())];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = scale * Math.abs(random.nextGaussian());
    }
    return factor;
  }

  private static double scale(SparseMatrix matrix, int rank) {
    return Math.sqrt(mean(matrix) / rank);
  }

  private static double mean(SparseMatrix matrix) {
    double sum = 0;
    for (double a : matrix.values()) {
      sum += a;
    }
    return sum == 0 ? 0 : sum / matrix.rowCount() / matrix.columnCount();
  }
}
