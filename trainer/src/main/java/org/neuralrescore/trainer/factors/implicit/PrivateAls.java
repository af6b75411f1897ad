// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.solver.EigenDecomposition;
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
import org.neuralrescore.trainer.factors.NonNegativeLeastSquares;
import org.neuralrescore.trainer.factors.NormalEquations;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.privacy.DifferentialPrivacy;
import org.neuralrescore.trainer.factors.privacy.GaussianBudget;
import org.neuralrescore.trainer.factors.privacy.GaussianNoise;
import org.neuralrescore.trainer.factors.solver.Side;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;

/**
 * Weighted implicit ALS whose item factors are differentially private for users (Chien et al. 2021,
 * "Private Alternating Least Squares: Practical Private Matrix Completion with Tighter Rates",
 * algorithm 1). Every user's vector is solved from the items, as on the user's own device, and cut
 * to a norm; items see users only through {@link ClippedStatistics} with noise. Positive
 * semi-definiteness, the ridge and non-negativity come after the noise and cost nothing.
 *
 * <p>The first release of item weights and the number of users costs a tenth of the budget and the
 * sweeps share the rest: half of a sweep's for right-hand sides, four tenths for item Gram
 * matrices, a tenth for that of all users, without which the unobserved would be told exactly.
 *
 * <p>Only the item factors are private. The state's user factors are not, and no loss is told.
 */
final class PrivateAls implements FactorSolver {
  private static final int USERS_PER_PART = 32;
  private static final int COUNT_STREAM = 0;
  private static final double COUNT_SHARE = 0.1;
  private static final double GRAM_SHARE = 0.4;
  private static final double SUM_SHARE = 0.5;
  private static final double ALL_USERS_SHARE = 0.1;
  private static final int INNER_SWEEPS = 50;
  private static final double INNER_TOLERANCE = 1e-6;

  private final ImplicitAlsOptions options;
  private final DifferentialPrivacy privacy;
  private final ImplicitAls loss;
  private final ClippedStatistics clipped;
  private final GaussianNoise noise;
  private final Workers workers;
  private final GaussianBudget sweepBudget;
  private final GaussianBudget countBudget;

  /**
   * Takes its options.
   *
   * @param options whose number of sweeps shares the budget: it is fixed beforehand
   * @param workers stay the caller's
   */
  PrivateAls(ImplicitAlsOptions options, DifferentialPrivacy privacy, Workers workers) {
    this.options = options;
    this.privacy = privacy;
    this.workers = workers;
    loss = new ImplicitAls(options, workers);
    clipped = new ClippedStatistics(privacy.clipNorm(), privacy.clipInteractions());
    noise = GaussianNoise.of(privacy.secret());
    GaussianBudget all = privacy.budget();
    countBudget = all.times(COUNT_SHARE);
    sweepBudget = all.times((1 - COUNT_SHARE) / options.sweeps());
  }

  /** What all releases cost together: what was promised, and no more. */
  public GaussianBudget spent() {
    GaussianBudget sweep =
        GaussianBudget.spentBy(gramDeviation() / clipped.gramSensitivity())
            .plus(GaussianBudget.spentBy(sumDeviation() / clipped.sumSensitivity()))
            .plus(GaussianBudget.spentBy(allUsersDeviation() / clipped.allUsersSensitivity()));
    return GaussianBudget.spentBy(countDeviation() / clipped.countSensitivity())
        .plus(sweep.times(options.sweeps()));
  }

  /** The noise on every entry of an item's Gram matrix. */
  double gramDeviation() {
    return sweepBudget.times(GRAM_SHARE).noiseMultiplier() * clipped.gramSensitivity();
  }

  /** The noise on every entry of an item's right-hand side. */
  double sumDeviation() {
    return sweepBudget.times(SUM_SHARE).noiseMultiplier() * clipped.sumSensitivity();
  }

  /** The noise on every entry of the Gram matrix of all users. */
  double allUsersDeviation() {
    return sweepBudget.times(ALL_USERS_SHARE).noiseMultiplier() * clipped.allUsersSensitivity();
  }

  /** The noise on every item's weight and on the number of users. */
  double countDeviation() {
    return countBudget.noiseMultiplier() * clipped.countSensitivity();
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
    return "private "
        + options
        + " "
        + privacy
        + " "
        + GaussianNoise.veiled("key", privacy.secret());
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    // Of the seed and the number of items alone: the number of users is theirs to keep.
    double[] items = loss.start(weights.columnCount(), new SplittableRandom(options.seed()));
    double[] users = new double[Side.size(weights.rowCount(), options.rank())];
    return new FactorState(new Factors(options.rank(), users, items), List.of());
  }

  /**
   * In an order that items say, which have had their noise: the share of all scores would be told
   * by users, who have not.
   */
  @Override
  public Factors ordered(Factors factors) {
    return factors.byItems();
  }

  @Override
  public FactorState advance(
      SparseMatrix weights,
      FactorState from,
      int sweeps,
      SweepListener listener,
      Progress progress) {
    if (sweeps > options.sweeps()) {
      throw new IllegalArgumentException(
          "the privacy budget is for " + options.sweeps() + " sweeps, got " + sweeps);
    }
    SparseMatrix byUser = clipped.clipCells(weights);
    SparseMatrix byItem = byUser.transpose();
    double[] counts = releaseCounts(byUser);
    double[] users = from.factors().rows().clone();
    double[] items = from.factors().columns().clone();
    FactorState state = from;
    try (Progress.Task task =
        progress.start("factors (private)", Math.max(0, sweeps - from.sweeps()))) {
      while (state.sweeps() < sweeps) {
        solveUsers(byUser, users, items);
        clipped.clipRows(users, options.rank());
        solveItems(byItem, users, items, counts, state.sweeps());
        state =
            new FactorState(
                new Factors(options.rank(), users, items), state.sweeps() + 1, List.of());
        task.advance(1);
        listener.swept(state);
      }
    }
    return state;
  }

  /** The first release: item weights, and behind them the number of users. */
  double[] releaseCounts(SparseMatrix byUser) {
    double[] counts = ClippedStatistics.counts(byUser);
    noise.addTo(counts, countDeviation(), COUNT_STREAM, 0);
    return counts;
  }

  /** A sweep's release of what all users are together, upper triangle. */
  double[] releaseAllUsers(double[] users, int sweep) {
    double[] all = ClippedStatistics.allUsers(users, options.rank(), workers);
    noise.addTo(all, allUsersDeviation(), 1 + 3 * sweep, 0);
    return all;
  }

  /**
   * A sweep's release of every item's sums. Noise for all, also for those that nobody touched:
   * that, too, is a secret.
   */
  void releaseItems(
      SparseMatrix byItem, double[] users, int sweep, ClippedStatistics.Receiver receiver) {
    ClippedStatistics.forEachItem(
        byItem,
        users,
        options.rank(),
        workers,
        (item, triangle, sum) -> {
          noise.addTo(triangle, gramDeviation(), 2 + 3 * sweep, item);
          noise.addTo(sum, sumDeviation(), 3 + 3 * sweep, item);
          receiver.item(item, triangle, sum);
        });
  }

  /** Every user from the items and the user's own cells. */
  private void solveUsers(SparseMatrix byUser, double[] users, double[] items) {
    int rank = options.rank();
    double[][] base = Gram.scaled(items, rank, options.alpha0(), workers);
    workers.runRows(
        byUser.rowCount(),
        USERS_PER_PART,
        (part, from, to) -> {
          NonNegativeLeastSquares solver = new NonNegativeLeastSquares(rank);
          NormalEquations equations = new NormalEquations(rank);
          for (int u = from; u < to; u++) {
            loss.state(equations, byUser, u, items, base);
            Arrays.fill(users, u * rank, (u + 1) * rank, 0.0);
            solver.solve(
                equations.q(), equations.b(), users, u * rank, INNER_SWEEPS, INNER_TOLERANCE);
          }
        });
  }

  private void addRidge(double[][] q, double weight, double others) {
    double ridge = options.minimised().ridge(weight, others);
    for (int f = 0; f < q.length; f++) {
      q[f][f] += ridge;
    }
  }

  private void solveItems(
      SparseMatrix byItem, double[] users, double[] items, double[] counts, int sweep) {
    int rank = options.rank();
    double[] all = releaseAllUsers(users, sweep);
    double userCount = Math.max(1, counts[byItem.rowCount()]);
    // An item whose weight may well be noise alone would get factors of noise.
    double least = 2 * countDeviation();
    releaseItems(
        byItem,
        users,
        sweep,
        (item, triangle, sum) -> {
          Arrays.fill(items, item * rank, (item + 1) * rank, 0.0);
          if (counts[item] > least) {
            for (int i = 0; i < triangle.length; i++) {
              triangle[i] += options.alpha0() * all[i];
            }
            double[][] q = positive(triangle, rank);
            addRidge(q, counts[item], userCount);
            new NonNegativeLeastSquares(rank)
                .solve(q, sum, items, item * rank, INNER_SWEEPS, INNER_TOLERANCE);
          }
        });
  }

  /** The nearest positive semi-definite matrix (Higham 1988): negative eigenvalues at zero. */
  private static double[][] positive(double[] triangle, int rank) {
    Matrix matrix = new DenseMatrix(rank, rank);
    int from = 0;
    for (int f = 0; f < rank; f++) {
      for (int g = f; g < rank; g++) {
        matrix.setQuick(f, g, triangle[from]);
        matrix.setQuick(g, f, triangle[from++]);
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(matrix, true);
    Matrix vectors = eigen.getV();
    double[][] result = new double[rank][rank];
    for (int e = 0; e < rank; e++) {
      double value = eigen.getRealEigenvalues().getQuick(e);
      if (value > 0) {
        double[] vector = new double[rank];
        for (int f = 0; f < rank; f++) {
          vector[f] = vectors.getQuick(f, e);
        }
        Gram.addOuter(result, vector, value);
      }
    }
    return result;
  }

  @Override
  public FoldIn foldIn(FactorMatrix items, EncoderOptions encoder) {
    return loss.foldIn(items, encoder);
  }

  /** There is none: a scorer that learned from single users would tell of them. */
  @Override
  public Supplier<ItemsWithoutUser> itemsWithoutUser(Factors factors, LearningRows rows) {
    return () -> {
      throw new IllegalStateException("private item factors are not taken apart user by user");
    };
  }
}
