// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * Non-negative factors {@code A ~ W H'} in double, row-major: {@code W} is [rows x rank], {@code H}
 * [columns x rank]. What a row stands for is the method's: mostly users, but items where those have
 * two sides; a column is an item.
 */
public final class Factors {
  private final int rank;
  private final double[] rows;
  private final double[] columns;

  /**
   * Takes the arrays as they are.
   *
   * @param rank k
   * @param rows W, not copied
   * @param columns H, not copied
   */
  public Factors(int rank, double[] rows, double[] columns) {
    if (rank < 1 || rows.length % rank != 0 || columns.length % rank != 0) {
      throw new IllegalArgumentException(
          "factors of rank " + rank + " got " + rows.length + " and " + columns.length + " values");
    }
    this.rank = rank;
    this.rows = rows;
    this.columns = columns;
  }

  /** k. */
  public int rank() {
    return rank;
  }

  /** W, row-major [rows x rank], not a copy. */
  public double[] rows() {
    return rows;
  }

  /** H, row-major [columns x rank], not a copy. */
  public double[] columns() {
    return columns;
  }

  /**
   * The factors in the order of their share of all predicted scores, {@code sum_u w_uf * sum_i
   * h_if}, largest first and equal shares as they stood: the order no longer depends on the random
   * start.
   */
  public Factors byShare() {
    return new Factors(rank, rows.clone(), columns.clone()).orderedByShare();
  }

  /** These, put into that order where they stand: without a copy, for who owns both arrays. */
  public Factors orderedByShare() {
    double[] userSums = columnSums(rows);
    double[] itemSums = columnSums(columns);
    return ordered(f -> userSums[f] * itemSums[f]);
  }

  /** In the order of what items have of each, largest first: users have no part in it. */
  public Factors byItems() {
    double[] itemSums = columnSums(columns);
    return new Factors(rank, rows.clone(), columns.clone()).ordered(f -> itemSums[f]);
  }

  private Factors ordered(IntToDoubleFunction share) {
    int[] order =
        IntStream.range(0, rank)
            .boxed()
            .sorted(Comparator.comparingDouble(f -> -share.applyAsDouble(f)))
            .mapToInt(Integer::intValue)
            .toArray();
    permute(rows, order);
    permute(columns, order);
    return this;
  }

  /** Of what does not count its sign: evidence may be against an item. */
  private double[] columnSums(double[] matrix) {
    double[] sums = new double[rank];
    for (int i = 0; i < matrix.length; i++) {
      sums[i % rank] += Math.abs(matrix[i]);
    }
    return sums;
  }

  private void permute(double[] matrix, int[] order) {
    double[] old = new double[rank];
    for (int row = 0; row < matrix.length; row += rank) {
      System.arraycopy(matrix, row, old, 0, rank);
      for (int f = 0; f < rank; f++) {
        matrix[row + f] = old[order[f]];
      }
    }
  }

  /** H rounded to float32. */
  public FactorMatrix columnMatrix() {
    return rounded(columns);
  }

  /** W rounded to float32. */
  public FactorMatrix rowMatrix() {
    return rounded(rows);
  }

  private FactorMatrix rounded(double[] matrix) {
    float[] values = new float[matrix.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix[i];
    }
    return new FactorMatrix(values.length / rank, rank, values);
  }
}
