// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
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
import org.neuralrescore.trainer.factors.ImplicitLoss;
import org.neuralrescore.trainer.factors.ItemsWithoutUser;
import org.neuralrescore.trainer.factors.NonNegativeLeastSquares;
import org.neuralrescore.trainer.factors.NormalEquations;
import org.neuralrescore.trainer.factors.QuadraticItemsWithoutUser;
import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.solver.Side;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ImplicitFoldIn;

/**
 * Weighted implicit alternating least squares under a non-negativity constraint. Minimises
 *
 * <pre>
 * sum_(u,i) touched a_ui (1 - &lt;w_u, h_i&gt;)^2 + alpha0 sum_(u,i) all &lt;w_u, h_i&gt;^2
 *   + lambda (sum_u (|a_u| + alpha0 n) |w_u|^2 + sum_i (|a_i| + alpha0 m) |h_i|^2),   W, H >= 0
 * </pre>
 *
 * the loss of Rendle et al. 2021 ("Revisiting the Performance of iALS on Item Recommendation
 * Benchmarks"), with {@code |a_u|} the sum of a row's weights, {@code m} users and {@code n} items;
 * of {@link Ridge#TOUCHED} lambda is multiplied by {@code |a_u|} and {@code |a_i|} alone. The sum
 * over all cells costs one Gram matrix a half-sweep (Hu, Koren and Volinsky 2008). Given the other
 * side, each row is a non-negative least-squares problem of its own, improved from where it stood,
 * so the loss never rises. Double inside; the result is the same for any number of threads.
 */
public final class ImplicitAls implements FactorSolver {
  private static final int ROWS_PER_PART = 32;
  private static final double INNER_TOLERANCE = 1e-4;
  private static final double START_SCALE = 0.1;

  /** So that a history of no weight is divided by something. */
  private static final double LEAST_MASS = 1e-6;

  private final ImplicitAlsOptions options;
  private final ImplicitLoss minimised;
  private final Workers workers;

  /** A solver with its options, on some threads that stay the caller's. */
  public ImplicitAls(ImplicitAlsOptions options, Workers workers) {
    this.options = options;
    minimised = options.minimised();
    this.workers = workers;
  }

  /** The options. */
  public ImplicitAlsOptions options() {
    return options;
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
    return options.factorisation().toString();
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    SplittableRandom random = new SplittableRandom(options.seed());
    double[] users = start(weights.rowCount(), random);
    double[] items = start(weights.columnCount(), random);
    return new FactorState(new Factors(options.rank(), users, items), List.of());
  }

  @Override
  public FactorState advance(
      SparseMatrix weights,
      FactorState from,
      int sweeps,
      SweepListener listener,
      Progress progress) {
    int rank = options.rank();
    double[] users = from.factors().rows().clone();
    double[] items = from.factors().columns().clone();
    if (from.factors().rank() != rank
        || users.length != weights.rowCount() * rank
        || items.length != weights.columnCount() * rank) {
      throw new IllegalArgumentException(
          "implicit ALS of rank "
              + rank
              + " over "
              + weights.rowCount()
              + " x "
              + weights.columnCount()
              + " got a start of rank "
              + from.factors().rank()
              + " with "
              + users.length
              + " and "
              + items.length
              + " values");
    }
    SparseMatrix byItem = weights.transpose();
    FactorState state = new FactorState(new Factors(rank, users, items), from.objective());
    try (Progress.Task task = progress.start("factors", Math.max(0, sweeps - from.sweeps()))) {
      while (state.sweeps() < sweeps) {
        halfSweep(weights, users, items);
        OptionalDouble rest = halfSweep(byItem, items, users);
        double loss =
            rest.isPresent()
                ? rest.getAsDouble() + penalty(weights, users)
                : loss(weights, byItem, users, items);
        List<Double> objective = new ArrayList<>(state.objective());
        objective.add(loss);
        state = new FactorState(state.factors(), objective);
        task.advance(1);
        task.note(String.format(Locale.ROOT, "loss %.6g", loss));
        listener.swept(state);
      }
    }
    return state;
  }

  @Override
  public ImplicitFoldIn foldIn(FactorMatrix items, EncoderOptions encoder) {
    return new ImplicitAls(options.encoderLoss(), workers).foldIn(items, encoder.iterations());
  }

  @Override
  public Supplier<ItemsWithoutUser> itemsWithoutUser(Factors factors, LearningRows rows) {
    SparseMatrix byItem = rows.matrix().transpose();
    double[][] gram = Gram.scaled(factors.rows(), options.rank(), options.alpha0(), workers);
    QuadraticItemsWithoutUser.Loss loss =
        new QuadraticItemsWithoutUser.Loss(1, options.alpha0(), minimised::ridge, 0);
    return () -> new QuadraticItemsWithoutUser(factors, rows, byItem, loss, gram);
  }

  /**
   * The fold-in of these factors: the same loss, one user at a time, the items fixed.
   *
   * @param itemFactors H as it will be served
   * @param iterations gradient steps
   */
  public ImplicitFoldIn foldIn(FactorMatrix itemFactors, int iterations) {
    int rank = itemFactors.rank();
    double[][] gram = Gram.scaled(itemFactors.toDoubles(), rank, options.alpha0(), workers);
    float[] scaled = new float[rank * rank];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) gram[i / rank][i % rank];
    }
    return new ImplicitFoldIn(
        rank,
        scaled,
        (float) options.lambda(),
        (float) Math.max(LEAST_MASS, options.ridge().of(0, options.alpha0() * itemFactors.rows())),
        iterations);
  }

  /** Half-normal with the scale of Rendle et al. 2021, so that first predictions are near 0. */
  double[] start(int rows, SplittableRandom random) {
    double scale = START_SCALE / Math.sqrt(options.rank());
    double[] matrix = new double[Side.size(rows, options.rank())];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = scale * Math.abs(random.nextGaussian());
    }
    return matrix;
  }

  /**
   * Improves every row of {@code x} given {@code y}.
   *
   * @return the loss behind it but for the penalty of {@code y}: the sum of what the rows minimise;
   *     empty where they are solved in blocks, and nobody knows it
   */
  private OptionalDouble halfSweep(SparseMatrix weights, double[] x, double[] y) {
    int rank = options.rank();
    boolean whole = options.block() >= rank;
    double[] values = new double[Workers.parts(weights.rowCount(), ROWS_PER_PART)];
    double[][] base = Gram.scaled(y, rank, options.alpha0(), workers);
    workers.runRows(
        weights.rowCount(),
        ROWS_PER_PART,
        (part, from, to) -> {
          NonNegativeLeastSquares solver = new NonNegativeLeastSquares(rank);
          BlockRowSolver blocks =
              new BlockRowSolver(rank, options.block(), options.innerSweeps(), INNER_TOLERANCE);
          NormalEquations equations = new NormalEquations(rank);
          for (int row = from; row < to; row++) {
            if (weights.start(row) == weights.end(row)) {
              Arrays.fill(x, row * rank, (row + 1) * rank, 0.0);
            } else if (!whole) {
              blocks.improve(weights, row, y, base, ridge(weights, row), x, row * rank);
            } else {
              state(equations, weights, row, y, base);
              solver.solve(
                  equations.q(),
                  equations.b(),
                  x,
                  row * rank,
                  options.innerSweeps(),
                  INNER_TOLERANCE);
              values[part] += equations.total() + equations.value(x, row * rank);
            }
          }
        });
    return whole
        ? OptionalDouble.of(Arrays.stream(values).reduce(0, Double::sum))
        : OptionalDouble.empty();
  }

  /**
   * States what one row solves, given the other side.
   *
   * @param base {@code alpha0 y'y}
   */
  void state(
      NormalEquations equations, SparseMatrix weights, int row, double[] y, double[][] base) {
    equations.begin(base);
    equations.addRow(weights, row, y);
    equations.end(minimised.ridge(equations.total(), weights.columnCount()));
  }

  private double ridge(SparseMatrix weights, int row) {
    double total = 0;
    for (int p = weights.start(row); p < weights.end(row); p++) {
      total += weights.values()[p];
    }
    return minimised.ridge(total, weights.columnCount());
  }

  /** The loss in full; {@code sum_all <w,h>^2} is the inner product of the two Gram matrices. */
  double loss(SparseMatrix byUser, SparseMatrix byItem, double[] users, double[] items) {
    int rank = options.rank();
    double[][] userGram = Gram.of(users, rank, workers);
    double[][] itemGram = Gram.of(items, rank, workers);
    double loss = 0;
    for (int f = 0; f < rank; f++) {
      for (int g = 0; g < rank; g++) {
        loss += options.alpha0() * userGram[f][g] * itemGram[f][g];
      }
    }
    loss += touchedLoss(byUser, users, items);
    return loss + penalty(byUser, users) + penalty(byItem, items);
  }

  private double touchedLoss(SparseMatrix byUser, double[] users, double[] items) {
    int rank = options.rank();
    double[] partial = new double[Workers.parts(byUser.rowCount(), ROWS_PER_PART)];
    workers.runRows(
        byUser.rowCount(),
        ROWS_PER_PART,
        (part, from, to) -> {
          double sum = 0;
          for (int u = from; u < to; u++) {
            for (int p = byUser.start(u); p < byUser.end(u); p++) {
              double residual =
                  1 - Gram.dot(users, u * rank, items, byUser.columns()[p] * rank, rank);
              sum += byUser.values()[p] * residual * residual;
            }
          }
          partial[part] = sum;
        });
    return Arrays.stream(partial).reduce(0, Double::sum);
  }

  private double penalty(SparseMatrix weights, double[] matrix) {
    int rank = options.rank();
    double sum = 0;
    for (int row = 0; row < weights.rowCount(); row++) {
      sum += ridge(weights, row) * Gram.dot(matrix, row * rank, matrix, row * rank, rank);
    }
    return sum;
  }
}
