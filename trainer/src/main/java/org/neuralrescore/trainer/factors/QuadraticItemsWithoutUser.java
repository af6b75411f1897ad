// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * Of a loss that is quadratic in an item: its normal equations are built once, and each user is
 * taken out of them by one outer product a row; the solution starts from the item as it is.
 */
public final class QuadraticItemsWithoutUser implements ItemsWithoutUser {
  private static final int MAX_SWEEPS = 50;
  private static final double TOLERANCE = 1e-3;

  /**
   * An item's loss, {@code sum_u touched (observed a_u) <x,w_u>^2 - 2 a_u <x,w_u> + own sum_u all
   * <x,w_u>^2 + ridge |x|^2 + 2 l1 sum x}.
   *
   * @param observed 1 where a touched cell weighs its square by its weight, 0 where all cells weigh
   *     the same
   * @param own what every cell's square weighs
   * @param ridge by the weight that is left and the rows that are not the user's
   * @param l1 at least 0
   */
  public record Loss(double observed, double own, Ridge ridge, double l1) {}

  /** The regularisation of an item. */
  @FunctionalInterface
  public interface Ridge {
    double of(double weight, int otherRows);
  }

  private final Factors factors;
  private final LearningRows rows;
  private final SparseMatrix byItem;
  private final Loss loss;
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
   * @param scaledGram {@code own W'W}, shared, not written to
   */
  public QuadraticItemsWithoutUser(
      Factors factors, LearningRows rows, SparseMatrix byItem, Loss loss, double[][] scaledGram) {
    this.factors = factors;
    this.rows = rows;
    this.byItem = byItem;
    this.loss = loss;
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

  @Override
  public void select(int itemRow) {
    int rank = factors.rank();
    item = itemRow;
    total = 0;
    for (int f = 0; f < rank; f++) {
      System.arraycopy(scaledGram[f], 0, full[f], 0, rank);
    }
    Arrays.fill(fullSum, -loss.l1());
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      double weight = byItem.values()[p];
      total += weight;
      System.arraycopy(factors.rows(), byItem.columns()[p] * rank, row, 0, rank);
      if (loss.observed() != 0.0) {
        Gram.addOuter(full, row, loss.observed() * weight);
      }
      Gram.addScaled(fullSum, weight, row);
    }
  }

  @Override
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
        System.arraycopy(factors.rows(), learningRow * rank, row, 0, rank);
        Gram.addOuter(q, row, -loss.observed() * weight - loss.own());
        Gram.addScaled(b, -weight, row);
        left -= weight;
        taken++;
      }
    }
    if (taken == 0) {
      throw ItemsWithoutUser.neverTouched(user, item);
    }
    if (taken == byItem.end(item) - byItem.start(item)) {
      Arrays.fill(x, 0);
      return x;
    }
    double ridge = loss.ridge().of(left, byItem.columnCount() - taken);
    for (int f = 0; f < rank; f++) {
      q[f][f] += ridge;
    }
    System.arraycopy(factors.columns(), item * rank, x, 0, rank);
    solver.solve(q, b, x, 0, MAX_SWEEPS, TOLERANCE);
    return x;
  }
}
