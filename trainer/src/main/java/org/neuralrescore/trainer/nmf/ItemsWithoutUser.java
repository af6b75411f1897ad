package org.neuralrescore.trainer.nmf;

import java.util.Arrays;
import org.neuralrescore.trainer.dataset.LearningRows;
import org.neuralrescore.trainer.dataset.SparseMatrix;

/**
 * What an item's factors would be had one of its users not touched it. A scorer that learned from
 * factors as they are would meet, in training, items that already know the user, and in serving
 * items that do not: the rarer the item, the larger the difference. One instance a thread.
 *
 * <p>The item's normal equations are built once, and each user is taken out of them by one outer
 * product a row; the solution starts from the item as it is. The other items and the users stay as
 * they are.
 */
public final class ItemsWithoutUser {
  private static final int MAX_SWEEPS = 50;
  private static final double TOLERANCE = 1e-3;

  private final Factors factors;
  private final LearningRows rows;
  private final SparseMatrix byItem;
  private final ImplicitAlsOptions options;
  private final double[][] scaledGram;
  private final NonNegativeLeastSquares solver;
  private final double[][] full;
  private final double[] fullSum;
  private final double[][] q;
  private final double[] b;
  private final double[] row;
  private final double[] x;
  private int item = -1;
  private double total;

  /**
   * Prepares.
   *
   * @param rows whose each row of the factorised matrix is
   * @param byItem [items x rows], the weights that the factors were learned from
   * @param scaledGram {@code alpha0 W'W}, shared, not written to
   */
  ItemsWithoutUser(
      Factors factors,
      LearningRows rows,
      SparseMatrix byItem,
      ImplicitAlsOptions options,
      double[][] scaledGram) {
    this.factors = factors;
    this.rows = rows;
    this.byItem = byItem;
    this.options = options;
    this.scaledGram = scaledGram;
    int rank = factors.rank();
    solver = new NonNegativeLeastSquares(rank);
    full = new double[rank][rank];
    fullSum = new double[rank];
    q = new double[rank][rank];
    b = new double[rank];
    row = new double[rank];
    x = new double[rank];
  }

  /** Turns to an item. */
  public void select(int itemRow) {
    int rank = factors.rank();
    item = itemRow;
    total = 0;
    for (int f = 0; f < rank; f++) {
      System.arraycopy(scaledGram[f], 0, full[f], 0, rank);
    }
    Arrays.fill(fullSum, 0);
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      double weight = byItem.values()[p];
      total += weight;
      System.arraycopy(factors.users(), byItem.columns()[p] * rank, row, 0, rank);
      Gram.addOuter(full, row, weight);
      Gram.addScaled(fullSum, weight, row);
    }
  }

  /**
   * The selected item without one user.
   *
   * @param user one of the item's users
   * @return [rank], zeros where there is no other user; overwritten by the next call
   */
  public double[] without(int user) {
    int rank = factors.rank();
    for (int f = 0; f < rank; f++) {
      System.arraycopy(full[f], 0, q[f], 0, rank);
    }
    System.arraycopy(fullSum, 0, b, 0, rank);
    double left = total;
    int taken = 0;
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      int learningRow = byItem.columns()[p];
      if (rows.owner(learningRow) == user) {
        double weight = byItem.values()[p];
        System.arraycopy(factors.users(), learningRow * rank, row, 0, rank);
        Gram.addOuter(q, row, -weight - options.alpha0());
        Gram.addScaled(b, -weight, row);
        left -= weight;
        taken++;
      }
    }
    if (taken == 0) {
      throw new IllegalArgumentException(
          "user row " + user + " did not touch item row " + item + " in training");
    }
    if (taken == byItem.end(item) - byItem.start(item)) {
      Arrays.fill(x, 0);
      return x;
    }
    int others = byItem.columnCount() - taken;
    double ridge = options.lambda() * (left + options.alpha0() * others);
    for (int f = 0; f < rank; f++) {
      q[f][f] += ridge;
    }
    System.arraycopy(factors.items(), item * rank, x, 0, rank);
    solver.solve(q, b, x, 0, MAX_SWEEPS, TOLERANCE);
    return x;
  }
}
