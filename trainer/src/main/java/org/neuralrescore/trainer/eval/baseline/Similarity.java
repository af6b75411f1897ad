// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import org.apache.mahout.math.stats.LogLikelihood;
import org.neuralrescore.trainer.base.math.TouchedCounts;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.neighbour.StrongestWeights;

/** How alike two items are, from how many users touched both. */
enum Similarity {
  /** {@code both / sqrt(one * other)}. */
  COSINE {
    @Override
    double of(int both, int one, int other, int users) {
      return both / Math.sqrt((double) one * other);
    }
  },
  /** The signed root of Mahout's log-likelihood ratio: how surprising the overlap is. */
  LOG_LIKELIHOOD {
    @Override
    double of(int both, int one, int other, int users) {
      return LogLikelihood.rootLogLikelihoodRatio(
          both, one - both, other - both, users - one - other + both);
    }
  };

  /** Beyond, a history is a robot's. */
  private static final int MOST_OF_A_USER = 10_000;

  abstract double of(int both, int one, int other, int users);

  /**
   * Every item's most alike items with a positive similarity.
   *
   * @param neighbours how many at most; equal similarities by row
   * @return [items x items], row {@code i} holds the neighbours of item {@code i}
   */
  SparseMatrix of(Histories all, int neighbours, Workers workers) {
    Histories learned = all.newest(MOST_OF_A_USER);
    SparseMatrix byUser = learned.toMatrix();
    SparseMatrix byItem = byUser.transpose();
    int[] popularity = learned.popularity();
    int users = learned.activeUsers();
    return StrongestWeights.of(
        learned.itemCount(),
        neighbours,
        () -> {
          TouchedCounts both = new TouchedCounts(learned.itemCount());
          return (item, similarities) -> {
            countBoth(item, byUser, byItem, both);
            for (int i = 0; i < both.size(); i++) {
              int other = both.key(i);
              similarities.put(
                  other, (float) of(both.of(other), popularity[item], popularity[other], users));
            }
          };
        },
        workers);
  }

  /** How many users touched both, by the other item; none for the item itself. */
  private static void countBoth(
      int item, SparseMatrix byUser, SparseMatrix byItem, TouchedCounts both) {
    both.clear();
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      int user = byItem.columns()[p];
      for (int r = byUser.start(user); r < byUser.end(user); r++) {
        if (byUser.columns()[r] != item) {
          both.add(byUser.columns()[r]);
        }
      }
    }
  }
}
