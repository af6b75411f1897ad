package org.neuralrescore.trainer.factors;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * Non-negative factors {@code A ~ W H'} in double, row-major: {@code W} is [users x rank], {@code
 * H} [items x rank].
 */
public final class Factors {
  private final int rank;
  private final double[] users;
  private final double[] items;

  /**
   * Takes the arrays as they are.
   *
   * @param rank k
   * @param users W, not copied
   * @param items H, not copied
   */
  public Factors(int rank, double[] users, double[] items) {
    if (rank < 1 || users.length % rank != 0 || items.length % rank != 0) {
      throw new IllegalArgumentException(
          "factors of rank " + rank + " got " + users.length + " and " + items.length + " values");
    }
    this.rank = rank;
    this.users = users;
    this.items = items;
  }

  /** k. */
  public int rank() {
    return rank;
  }

  /** W, row-major [users x rank], not a copy. */
  public double[] users() {
    return users;
  }

  /** H, row-major [items x rank], not a copy. */
  public double[] items() {
    return items;
  }

  /**
   * The factors in the order of their share of all predicted scores, {@code sum_u w_uf * sum_i
   * h_if}, largest first and equal shares as they stood: the order no longer depends on the random
   * start.
   */
  public Factors byShare() {
    double[] userSums = columnSums(users);
    double[] itemSums = columnSums(items);
    int[] order =
        IntStream.range(0, rank)
            .boxed()
            .sorted(Comparator.comparingDouble(f -> -userSums[f] * itemSums[f]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Factors(rank, permute(users, order), permute(items, order));
  }

  /** Of what does not count its sign: evidence may be against an item. */
  private double[] columnSums(double[] matrix) {
    double[] sums = new double[rank];
    for (int i = 0; i < matrix.length; i++) {
      sums[i % rank] += Math.abs(matrix[i]);
    }
    return sums;
  }

  private double[] permute(double[] matrix, int[] order) {
    double[] permuted = new double[matrix.length];
    for (int row = 0; row < matrix.length; row += rank) {
      for (int f = 0; f < rank; f++) {
        permuted[row + f] = matrix[row + order[f]];
      }
    }
    return permuted;
  }

  /** H rounded to float32. */
  public FactorMatrix itemMatrix() {
    return rounded(items);
  }

  /** W rounded to float32. */
  public FactorMatrix userMatrix() {
    return rounded(users);
  }

  private FactorMatrix rounded(double[] matrix) {
    float[] values = new float[matrix.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix[i];
    }
    return new FactorMatrix(values.length / rank, rank, values);
  }
}
