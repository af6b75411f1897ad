// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.Optional;
import org.neuralrescore.trainer.combine.category.CategoryHead;
import org.neuralrescore.trainer.combine.category.ItemCategories;
import org.neuralrescore.trainer.scorer.network.Losses;

/** The weighted total loss of one positive with its negatives, and all its gradients. */
final class GroupLoss {
  private final TaskWeights weights;
  private final Heads heads;
  private final Reconstruction reconstruction;
  private final ItemCategories categories;
  private final int rank;
  private final int negatives;

  GroupLoss(
      TaskWeights weights,
      Heads heads,
      Reconstruction reconstruction,
      ItemCategories categories,
      int rank,
      int negatives) {
    this.weights = weights;
    this.heads = heads;
    this.reconstruction = reconstruction;
    this.categories = categories;
    this.rank = rank;
    this.negatives = negatives;
  }

  Worker worker() {
    return new Worker();
  }

  /** One instance a thread. */
  final class Worker {
    private final PairHead.Pass score = heads.score().pass();
    private final Optional<PairHead.Pass> rating = heads.rating().map(PairHead::pass);
    private final Optional<CategoryHead.Pass> category = heads.category().map(CategoryHead::pass);

    /**
     * Adds one group's losses and gradients.
     *
     * @param users row-major vectors; the group's is row {@code vectorRow}
     * @param scaledRating the positive's, in [0, 1]
     */
    void add(
        Batch batch,
        int group,
        int user,
        double[] users,
        int vectorRow,
        double[] items,
        double scaledRating,
        HeadGradients gradients,
        LossSums sums) {
      int slot = batch.slot(group);
      int[] rows = batch.itemRows();
      int userOffset = vectorRow * rank;
      int userAt = group * rank;
      sums.positives++;
      if (weights.reconstruction() > 0) {
        sums.reconstruction +=
            reconstruction.add(
                user,
                users,
                userOffset,
                items,
                rows,
                slot,
                negatives + 1,
                weights.reconstruction(),
                batch.userGradients(),
                userAt,
                batch.itemGradients());
      }
      double share = weights.score() / (negatives + 1);
      for (int r = slot; r <= slot + negatives; r++) {
        double logit = score.value(users, userOffset, items, rows[r] * rank);
        sums.score += Losses.logistic(logit, r == slot);
        score.addGradient(
            share * (Losses.sigmoid(logit) - (r == slot ? 1 : 0)),
            gradients.score(),
            batch.userGradients(),
            userAt,
            batch.itemGradients(),
            r * rank);
      }
      if (rating.isPresent()) {
        double error =
            rating.get().value(users, userOffset, items, rows[slot] * rank) - scaledRating;
        sums.rating += error * error;
        rating
            .get()
            .addGradient(
                2 * weights.rating() * error,
                gradients.rating(),
                batch.userGradients(),
                userAt,
                batch.itemGradients(),
                slot * rank);
      }
      if (category.isPresent()) {
        int at = batch.categorySlot(group);
        sums.category +=
            category
                .get()
                .add(
                    items,
                    rows[at] * rank,
                    categories.of(rows[at]),
                    weights.category(),
                    gradients.category(),
                    batch.itemGradients(),
                    at * rank);
      }
    }
  }
}
