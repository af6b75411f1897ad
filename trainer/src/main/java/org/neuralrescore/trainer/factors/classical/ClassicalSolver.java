// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.classical;

import java.util.function.Supplier;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.Gram;
import org.neuralrescore.trainer.factors.ItemsWithoutUser;
import org.neuralrescore.trainer.factors.QuadraticItemsWithoutUser;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.solver.Nmf;
import org.neuralrescore.trainer.factors.solver.NmfOptions;
import org.neuralrescore.trainer.factors.solver.NmfState;
import org.neuralrescore.trainer.factors.solver.Penalty;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.neuralrescore.trainer.model.SquaredFoldIn;

/**
 * The classical losses of {@code A ~ W H'}, all cells weighing the same, as a {@link FactorSolver}:
 * whatever {@link Nmf} solves, with the fold-in that belongs to its loss.
 */
public final class ClassicalSolver implements FactorSolver {
  /**
   * The least ridge of the squared fold-in, as a share of the mean diagonal of {@code H'H}: without
   * one its few steps stand far from the minimum where factors resemble each other.
   */
  private static final double RELATIVE_RIDGE = 1e-3;

  private static final double TINY = 1e-12;

  private final NmfOptions options;
  private final Workers workers;

  /** A solver with its options, on some threads that stay the caller's. */
  public ClassicalSolver(NmfOptions options, Workers workers) {
    this.options = options;
    this.workers = workers;
  }

  @Override
  public int rank() {
    return options.rank();
  }

  @Override
  public int sweeps() {
    return options.sweeps();
  }

  @Override
  public String key() {
    return options.toString();
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    return FactorState.of(new Nmf(options, workers).start(weights));
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
    NmfState factors =
        new NmfState(
            from.factors().rank(),
            from.factors().rows(),
            from.factors().columns(),
            from.objective());
    NmfState start = from.extrapolation().map(factors::with).orElse(factors);
    return FactorState.of(
        new Nmf(options.withSweeps(sweeps), workers)
            .resume(weights, start, progress, swept -> listener.swept(FactorState.of(swept)))
            .state());
  }

  @Override
  public FoldIn foldIn(FactorMatrix items, EncoderOptions encoder) {
    double[] values = items.toDoubles();
    return switch (options.solver().loss()) {
      case KULLBACK_LEIBLER -> kullbackLeibler(values, encoder.iterations());
      case SQUARED_ERROR -> squared(values, encoder.iterations());
    };
  }

  private FoldIn kullbackLeibler(double[] items, int iterations) {
    double[] sums = columnSums(items);
    float[] rounded = new float[sums.length];
    for (int f = 0; f < sums.length; f++) {
      rounded[f] = (float) sums[f];
    }
    Penalty penalty = options.rowPenalty();
    return new KullbackLeiblerFoldIn(
        rounded, (float) penalty.l1(), (float) penalty.l2(), iterations);
  }

  private FoldIn squared(double[] items, int iterations) {
    int rank = options.rank();
    double[][] gram = Gram.of(items, rank, workers);
    float[] flat = new float[rank * rank];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) gram[i / rank][i % rank];
    }
    double ridge = Math.max(options.rowPenalty().l2(), RELATIVE_RIDGE * meanDiagonal(gram));
    return new SquaredFoldIn(
        rank, flat, (float) ridge, (float) options.rowPenalty().l1(), iterations);
  }

  private static double meanDiagonal(double[][] gram) {
    double trace = TINY;
    for (int f = 0; f < gram.length; f++) {
      trace += gram[f][f];
    }
    return trace / gram.length;
  }

  private double[] columnSums(double[] matrix) {
    double[] sums = new double[options.rank()];
    for (int i = 0; i < matrix.length; i++) {
      sums[i % sums.length] += matrix[i];
    }
    return sums;
  }

  @Override
  public Supplier<ItemsWithoutUser> itemsWithoutUser(Factors factors, LearningRows rows) {
    SparseMatrix byItem = rows.matrix().transpose();
    Penalty penalty = options.columnPenalty();
    return switch (options.solver().loss()) {
      case KULLBACK_LEIBLER -> {
        double[] sums = columnSums(factors.rows());
        yield () -> new KullbackLeiblerItemsWithoutUser(factors, rows, byItem, penalty, sums);
      }
      case SQUARED_ERROR -> {
        double[][] gram = Gram.of(factors.rows(), options.rank(), workers);
        double ridge = penalty.l2() + RELATIVE_RIDGE * RELATIVE_RIDGE * meanDiagonal(gram);
        QuadraticItemsWithoutUser.Loss loss =
            new QuadraticItemsWithoutUser.Loss(0, 1, (weight, others) -> ridge, penalty.l1());
        yield () -> new QuadraticItemsWithoutUser(factors, rows, byItem, loss, gram);
      }
    };
  }
}
