// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * Non-negative matrix factorisation of explicit ratings with biases. Minimises
 *
 * <pre>
 * sum_rated (a_ui - mu - b_u - b_i - &lt;w_u, h_i&gt;)^2
 *   + ridge (sum_u n_u |w_u|^2 + sum_i n_i |h_i|^2) + damping (|b_u|^2 + |b_i|^2),   W, H >= 0
 * </pre>
 *
 * by alternating between sides (ridge weighted by the number of ratings as in Zhou et al. 2008).
 * Each row is a least-squares problem of its own in its bias and its non-negative factors, improved
 * by coordinate descent from where it stood: the loss never rises, and the result is the same for
 * any number of threads.
 */
public final class BiasedFactorisation {
  private static final int ROWS_PER_PART = 32;

  private final RatingOptions options;
  private final Workers workers;

  /** A solver with its options, on some threads that stay the caller's. */
  public BiasedFactorisation(RatingOptions options, Workers workers) {
    this.options = options;
    this.workers = workers;
  }

  /**
   * What a run made.
   *
   * @param objective the loss after each sweep, never rising
   */
  public record Result(RatingModel model, List<Double> objective) {
    public Result {
      objective = List.copyOf(objective);
    }
  }

  /** One side: its ratings, its factors and its biases. */
  private static final class Side {
    private final SparseMatrix ratings;
    private final double[] factors;
    private final double[] biases;

    Side(SparseMatrix ratings, int rank, SplittableRandom random) {
      this.ratings = ratings;
      factors = new double[ratings.rowCount() * rank];
      biases = new double[ratings.rowCount()];
      for (int row = 0; row < ratings.rowCount(); row++) {
        if (ratings.end(row) > ratings.start(row)) {
          for (int f = 0; f < rank; f++) {
            factors[row * rank + f] = 0.1 * Math.abs(random.nextGaussian());
          }
        }
      }
    }
  }

  /**
   * Factorises.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where ratings do not differ
   */
  public Result fit(Histories ratings, Progress progress) {
    RatingScale scale = RatingScale.of(ratings);
    SparseMatrix scaled = scale.scale(ratings);
    int rank = options.rank();
    SplittableRandom random = new SplittableRandom(options.seed());
    Side users = new Side(scaled, rank, random);
    Side items = new Side(scaled.transpose(), rank, random);
    double mean = mean(scaled);
    List<Double> objective = new ArrayList<>();
    try (Progress.Task task = progress.start("ratings", options.sweeps())) {
      for (int sweep = 0; sweep < options.sweeps(); sweep++) {
        improve(users, items, mean);
        improve(items, users, mean);
        double loss = loss(users, items, mean);
        objective.add(loss);
        task.advance(1);
        task.note(String.format(Locale.ROOT, "loss %.6g", loss));
      }
    }
    return new Result(
        new RatingModel(
            scale, mean, users.biases, items.biases, users.factors, items.factors, rank),
        objective);
  }

  private static double mean(SparseMatrix matrix) {
    double sum = 0;
    for (float value : matrix.values()) {
      sum += value;
    }
    return sum / matrix.size();
  }

  /** Improves every row of a side given the other. Coordinate {@code rank} is the bias. */
  private void improve(Side side, Side other, double mean) {
    int rank = options.rank();
    workers.runRows(
        side.ratings.rowCount(),
        ROWS_PER_PART,
        (part, from, to) -> {
          double[][] q = new double[rank + 1][rank + 1];
          double[] gradient = new double[rank + 1];
          double[] row = new double[rank + 1];
          for (int r = from; r < to; r++) {
            if (side.ratings.end(r) > side.ratings.start(r)) {
              normalEquations(side.ratings, r, other, mean, q, gradient, row);
              descend(side, r, q, gradient);
            }
          }
        });
  }

  private void normalEquations(
      SparseMatrix ratings,
      int r,
      Side other,
      double mean,
      double[][] q,
      double[] negativeRight,
      double[] row) {
    int rank = options.rank();
    for (double[] line : q) {
      Arrays.fill(line, 0);
    }
    Arrays.fill(negativeRight, 0);
    row[rank] = 1;
    for (int p = ratings.start(r); p < ratings.end(r); p++) {
      int column = ratings.columns()[p];
      System.arraycopy(other.factors, column * rank, row, 0, rank);
      double residual = ratings.values()[p] - mean - other.biases[column];
      for (int f = 0; f <= rank; f++) {
        double value = row[f];
        if (value != 0) {
          negativeRight[f] -= residual * value;
          double[] line = q[f];
          for (int g = 0; g < line.length; g++) {
            line[g] += value * row[g];
          }
        }
      }
    }
    double ridge = options.ridge() * (ratings.end(r) - ratings.start(r));
    for (int f = 0; f < rank; f++) {
      q[f][f] += ridge;
    }
    q[rank][rank] += options.biasDamping();
  }

  private void descend(Side side, int r, double[][] q, double[] gradient) {
    int rank = options.rank();
    for (int f = 0; f < rank; f++) {
      addScaled(gradient, side.factors[r * rank + f], q[f]);
    }
    addScaled(gradient, side.biases[r], q[rank]);
    for (int sweep = 0; sweep < options.innerSweeps(); sweep++) {
      double bias = side.biases[r];
      side.biases[r] = bias - gradient[rank] / q[rank][rank];
      addScaled(gradient, side.biases[r] - bias, q[rank]);
      for (int f = 0; f < rank; f++) {
        double before = side.factors[r * rank + f];
        double after = Math.max(0, before - gradient[f] / q[f][f]);
        side.factors[r * rank + f] = after;
        addScaled(gradient, after - before, q[f]);
      }
    }
  }

  private static void addScaled(double[] y, double scale, double[] x) {
    if (scale != 0) {
      for (int i = 0; i < y.length; i++) {
        y[i] += scale * x[i];
      }
    }
  }

  private double loss(Side users, Side items, double mean) {
    int rank = options.rank();
    double[] parts = new double[Workers.parts(users.ratings.rowCount(), ROWS_PER_PART)];
    workers.runRows(
        users.ratings.rowCount(),
        ROWS_PER_PART,
        (part, from, to) -> {
          double sum = 0;
          for (int u = from; u < to; u++) {
            for (int p = users.ratings.start(u); p < users.ratings.end(u); p++) {
              int item = users.ratings.columns()[p];
              double residual =
                  users.ratings.values()[p] - mean - users.biases[u] - items.biases[item];
              for (int f = 0; f < rank; f++) {
                residual -= users.factors[u * rank + f] * items.factors[item * rank + f];
              }
              sum += residual * residual;
            }
          }
          parts[part] = sum;
        });
    return Arrays.stream(parts).reduce(0, Double::sum) + penalty(users) + penalty(items);
  }

  private double penalty(Side side) {
    int rank = options.rank();
    double sum = 0;
    for (int r = 0; r < side.biases.length; r++) {
      double squares = 0;
      for (int f = 0; f < rank; f++) {
        double value = side.factors[r * rank + f];
        squares += value * value;
      }
      int count = side.ratings.end(r) - side.ratings.start(r);
      sum +=
          options.ridge() * count * squares
              + options.biasDamping() * side.biases[r] * side.biases[r];
    }
    return sum;
  }
}
