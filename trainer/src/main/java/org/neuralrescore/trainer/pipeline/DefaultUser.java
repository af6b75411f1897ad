// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.RecentEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentVectors;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;

/** Who is asked for when nobody is known. */
final class DefaultUser {
  private DefaultUser() {}

  /**
   * The recent vectors of users, and for who is unknown their mean, as for the default user;
   * nothing where the scorer reads none.
   *
   * @param served whose newest items are encoded
   * @param learned the histories of the users that the mean is of
   */
  static Optional<RecentVectors> recent(
      HistoryEncoder encoder,
      ScorerWeights scorer,
      Histories served,
      Histories learned,
      Workers workers) {
    return scorer
        .inputs()
        .recent()
        .map(
            recent -> {
              FactorMatrix users = new RecentEncoder(encoder, recent).encodeAll(served, workers);
              return new RecentVectors(users, mean(users, learned));
            });
  }

  /** Who stands in for somebody unknown. */
  static ScorerRequest request(FactorMatrix user, Optional<RecentVectors> recent) {
    ScorerRequest request = ScorerRequest.of(user.values());
    return recent.map(vectors -> request.withRecent(vectors.unknown().values())).orElse(request);
  }

  /**
   * The mean of all users with a history: its dot product with an item is the mean of theirs, which
   * orders items much as popularity does.
   *
   * @return [1 x rank]
   */
  static FactorMatrix mean(FactorMatrix users, Histories histories) {
    Mean mean = new Mean(users.rank(), histories);
    mean.block(0, users);
    return mean.of();
  }

  /** The same of users that come in blocks. */
  static final class Mean implements UserEncoding.Visitor {
    private final Histories histories;
    private final double[] sum;
    private int count;

    /**
     * @param histories who has one counts
     */
    Mean(int rank, Histories histories) {
      this.histories = histories;
      this.sum = new double[rank];
    }

    @Override
    public void block(int first, FactorMatrix users) {
      for (int u = 0; u < users.rows(); u++) {
        if (histories.length(first + u) > 0) {
          count++;
          for (int f = 0; f < sum.length; f++) {
            sum[f] += users.values()[u * sum.length + f];
          }
        }
      }
    }

    /** [1 x rank]. */
    FactorMatrix of() {
      float[] mean = new float[sum.length];
      for (int f = 0; f < mean.length; f++) {
        mean[f] = (float) (sum[f] / Math.max(1, count));
      }
      return new FactorMatrix(1, mean.length, mean);
    }
  }
}
