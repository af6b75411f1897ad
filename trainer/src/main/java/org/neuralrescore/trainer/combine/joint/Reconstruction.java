// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.ImplicitLoss;

/**
 * The loss of {@link org.neuralrescore.trainer.factors.implicit.ImplicitAls} cut into shares of
 * positives: the mean over positives of {@code (1 - p)^2 + alpha0 p^2}, plus {@code alpha0} times
 * the squares of all untouched cells estimated from sampled ones, plus both regularisations. Summed
 * over all positives its expectation is that loss.
 */
final class Reconstruction {
  private final int rank;
  private final double alpha0;
  private final double[] negativeWeights;
  private final double[] userRidges;
  private final double[] itemRidges;

  /**
   * Prepares the weights of every row.
   *
   * @param loss of the factors
   * @param negatives sampled a positive
   */
  Reconstruction(Histories learned, int rank, ImplicitLoss loss, int negatives) {
    this.rank = rank;
    alpha0 = loss.alpha0();
    int users = learned.userCount();
    int items = learned.itemCount();
    negativeWeights = new double[users];
    userRidges = new double[users];
    itemRidges = new double[items];
    for (int u = 0; u < users; u++) {
      double touched = Math.max(1, learned.length(u));
      negativeWeights[u] = alpha0 * (items - learned.length(u)) / (touched * negatives);
      userRidges[u] = loss.lambda() * loss.ridge().of(1, alpha0 * items / touched);
    }
    int[] popularity = learned.popularity();
    for (int i = 0; i < items; i++) {
      itemRidges[i] =
          loss.lambda() * loss.ridge().of(1, alpha0 * users / Math.max(1, popularity[i]));
    }
  }

  /**
   * Adds the gradient of one positive's share.
   *
   * @param rows item rows: the positive, then its negatives, {@code count} in all from {@code from}
   * @param weight of the loss in the gradients; the returned loss is unweighted
   * @param userGradient added to at {@code userAt}
   * @param itemGradient row-major [slots x rank], added to from slot {@code from} on
   */
  double add(
      int user,
      double[] users,
      int userOffset,
      double[] items,
      int[] rows,
      int from,
      int count,
      double weight,
      double[] userGradient,
      int userAt,
      double[] itemGradient) {
    double loss = 0;
    for (int r = from; r < from + count; r++) {
      int offset = rows[r] * rank;
      double p = 0;
      for (int f = 0; f < rank; f++) {
        p += users[userOffset + f] * items[offset + f];
      }
      double slope;
      if (r == from) {
        loss += (1 - p) * (1 - p) + alpha0 * p * p;
        slope = 2 * (p - 1 + alpha0 * p);
      } else {
        loss += negativeWeights[user] * p * p;
        slope = 2 * negativeWeights[user] * p;
      }
      for (int f = 0; f < rank; f++) {
        userGradient[userAt + f] += weight * slope * items[offset + f];
        itemGradient[r * rank + f] += weight * slope * users[userOffset + f];
      }
    }
    int positive = rows[from] * rank;
    double userRidge = userRidges[user];
    double itemRidge = itemRidges[rows[from]];
    for (int f = 0; f < rank; f++) {
      double w = users[userOffset + f];
      double h = items[positive + f];
      loss += userRidge * w * w + itemRidge * h * h;
      userGradient[userAt + f] += 2 * weight * userRidge * w;
      itemGradient[from * rank + f] += 2 * weight * itemRidge * h;
    }
    return loss;
  }
}
