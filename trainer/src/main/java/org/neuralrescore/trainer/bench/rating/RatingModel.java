// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

/**
 * {@code mu + b_u + b_i + <w_u, h_i>} over scaled ratings, W and H non-negative (Koren et al. 2009
 * for the biases, Lee and Seung 1999 for the constraint). Rows without ratings have zeros: whoever
 * is unknown is predicted by the rest of the sum.
 */
public final class RatingModel {
  private final RatingScale scale;
  private final double mean;
  private final double[] userBiases;
  private final double[] itemBiases;
  private final double[] users;
  private final double[] items;
  private final int rank;

  RatingModel(
      RatingScale scale,
      double mean,
      double[] userBiases,
      double[] itemBiases,
      double[] users,
      double[] items,
      int rank) {
    this.scale = scale;
    this.mean = mean;
    this.userBiases = userBiases;
    this.itemBiases = itemBiases;
    this.users = users;
    this.items = items;
    this.rank = rank;
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
   * The rating of a pair, within the scale.
   *
   * @param user a row, or -1 for a user that training did not see
   * @param item a row, or -1
   */
  public double predict(int user, int item) {
    double sum = mean;
    if (user >= 0) {
      sum += userBiases[user];
    }
    if (item >= 0) {
      sum += itemBiases[item];
    }
    if (user >= 0 && item >= 0) {
      for (int f = 0; f < rank; f++) {
        sum += users[user * rank + f] * items[item * rank + f];
      }
    }
    return scale.rating(sum);
  }
}
