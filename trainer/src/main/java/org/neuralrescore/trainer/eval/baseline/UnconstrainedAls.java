// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.factors.Gram;
import org.neuralrescore.trainer.factors.NormalEquations;
import org.neuralrescore.trainer.factors.solver.Side;

/**
 * Implicit ALS without the constraint: the loss of {@code factors.implicit.ImplicitAls}, each row
 * solved exactly by Cholesky, users folded in with the weights of their history.
 */
final class UnconstrainedAls implements Ranker {
  private static final int ROWS_PER_PART = 32;

  /**
   * Options; at k = 64 the defaults give .126 / .069 (HR@10 / NDCG@10, leave-last-out) on
   * online-retail, and on ml-latest-small, over four seeds, .076 / .038.
   *
   * @param rank k
   * @param alpha0 the weight of every cell, default 0.3
   * @param lambda regularisation a unit of weight, default 0.003
   * @param sweeps alternations, default 8
   * @param seed of the start
   */
  record Options(int rank, double alpha0, double lambda, int sweeps, long seed) {
    static Options of(int rank, long seed) {
      return new Options(rank, 0.3, 0.003, 8, seed);
    }

    Options withAlpha0(double value) {
      return new Options(rank, value, lambda, sweeps, seed);
    }
  }

  private final Options options;
  private final HistoryWeighting weighting;
  private final double[] items;
  private final double[][] base;

  private UnconstrainedAls(
      Options options, HistoryWeighting weighting, double[] items, double[][] base) {
    this.options = options;
    this.weighting = weighting;
    this.items = items;
    this.base = base;
  }

  static LearnedBaseline learn(Histories learned, Options options, Workers workers) {
    SparseMatrix byUser = learned.toMatrix();
    SparseMatrix byItem = byUser.transpose();
    SplittableRandom random = new SplittableRandom(options.seed());
    double[] users = start(Side.size(byUser.rowCount(), options.rank()), options.rank(), random);
    double[] items = start(Side.size(byItem.rowCount(), options.rank()), options.rank(), random);
    for (int sweep = 0; sweep < options.sweeps(); sweep++) {
      halfSweep(options, byUser, users, items, workers);
      halfSweep(options, byItem, items, users, workers);
    }
    double[][] base = scaledGram(options, items, workers);
    return weighting -> new UnconstrainedAls(options, weighting, items, base);
  }

  private static double[] start(int values, int rank, SplittableRandom random) {
    double[] matrix = new double[values];
    for (int i = 0; i < values; i++) {
      matrix[i] = 0.1 / Math.sqrt(rank) * random.nextGaussian();
    }
    return matrix;
  }

  /** {@code alpha0 Y'Y}. */
  private static double[][] scaledGram(Options options, double[] rows, Workers workers) {
    return Gram.scaled(rows, options.rank(), options.alpha0(), workers);
  }

  private static void halfSweep(
      Options options, SparseMatrix weights, double[] x, double[] y, Workers workers) {
    double[][] base = scaledGram(options, y, workers);
    workers.runRows(
        weights.rowCount(),
        ROWS_PER_PART,
        (part, from, to) -> {
          NormalEquations equations = new NormalEquations(options.rank());
          for (int row = from; row < to; row++) {
            equations.begin(base);
            equations.addRow(weights, row, y);
            double[] solved = solve(options, equations, weights.columnCount());
            System.arraycopy(solved, 0, x, row * options.rank(), options.rank());
          }
        });
  }

  /**
   * One row given the other side's rows.
   *
   * @param equations all that it touched was added to; overwritten
   * @return the equations' own b
   */
  static double[] solve(Options options, NormalEquations equations, int otherSide) {
    return equations.solve(options.lambda() * (equations.total() + options.alpha0() * otherSide));
  }

  @Override
  public String label() {
    return Baseline.IALS.label();
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    float[] weights = weighting.weights(seen, user, seen.end(user));
    NormalEquations equations = new NormalEquations(options.rank());
    equations.begin(base);
    for (int i = 0; i < weights.length; i++) {
      equations.add(items, seen.item(seen.start(user) + i) * options.rank(), weights[i]);
    }
    double[] x = solve(options, equations, items.length / options.rank());
    for (int i = 0; i < scores.length; i++) {
      double dot = 0;
      for (int f = 0; f < x.length; f++) {
        dot += x[f] * items[i * x.length + f];
      }
      scores[i] = (float) dot;
    }
  }
}
