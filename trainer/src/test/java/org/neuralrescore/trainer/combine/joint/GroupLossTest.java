// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuralrescore.trainer.combine.category.CategoryHead;
import org.neuralrescore.trainer.combine.category.ItemCategories;
import org.neuralrescore.trainer.factors.ImplicitLoss;
import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.scorer.network.FiniteDifferences;

class GroupLossTest {
  private static final int RANK = 4;
  private static final int NEGATIVES = 2;
  private static final int USER = 3;
  private static final PlantedTastes TASTES = new PlantedTastes(3, 12, 30, 6, 1);

  private final SplittableRandom random = new SplittableRandom(9);
  private final ItemCategories categories = TASTES.categories();
  private final double[] users = factors(12);
  private final double[] items = factors(TASTES.interactions().items().size());
  private final Heads heads =
      new Heads(
          shaken(PairHead.start(RANK, List.of(5, 3), new PairHead.Scales(0.7, 1.3), 2, -1, random)),
          Optional.of(
              shaken(
                  PairHead.start(RANK, List.of(5), new PairHead.Scales(0.7, 1.3), 0, 0.5, random))),
          Optional.of(shaken(new CategoryHead(RANK, List.of(6), 3, 1.3, random))),
          0.01,
          0);

  private double[] factors(int rows) {
    return random.doubles((long) rows * RANK, 0.05, 1).toArray();
  }

  private PairHead shaken(PairHead head) {
    shake(head.parameters());
    head.refresh();
    return head;
  }

  private CategoryHead shaken(CategoryHead head) {
    shake(head.parameters());
    head.refresh();
    return head;
  }

  private void shake(double[][] parameters) {
    for (double[] row : parameters) {
      for (int i = 0; i < row.length; i++) {
        row[i] += 0.3 * random.nextGaussian();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,0,0", "0,1,0,0", "0.001,0.001,1,0", "0.001,0.001,0,1", "0.5,2,3,4"})
  void add_ofAnyTasks_isTheSlopeByFactorsAndParameters(
      double reconstruction, double score, double rating, double category) {
    TaskWeights weights = new TaskWeights(reconstruction, score, rating, category);
    GroupLoss loss =
        new GroupLoss(
            weights,
            heads,
            new Reconstruction(
                TASTES.interactions().histories(),
                RANK,
                new ImplicitLoss(0.3, 0.05, Ridge.ALL),
                NEGATIVES),
            categories,
            RANK,
            NEGATIVES);
    HeadGradients gradients = heads.gradients();
    Batch batch = batch(loss, gradients, new LossSums());

    FiniteDifferences.assertGradient(
        heads.score().parameters(), gradients.score(), () -> total(loss, weights));
    FiniteDifferences.assertGradient(
        heads.rating().orElseThrow().parameters(), gradients.rating(), () -> total(loss, weights));
    FiniteDifferences.assertGradient(
        heads.category().orElseThrow().parameters(),
        gradients.category(),
        () -> total(loss, weights));
    double[] byUser = new double[users.length];
    System.arraycopy(batch.userGradients(), 0, byUser, USER * RANK, RANK);
    FiniteDifferences.assertGradient(users, byUser, () -> total(loss, weights));
    double[] byItem = new double[items.length];
    for (int slot = 0; slot < NEGATIVES + 2; slot++) {
      for (int f = 0; f < RANK; f++) {
        byItem[batch.itemRows()[slot] * RANK + f] += batch.itemGradients()[slot * RANK + f];
      }
    }
    FiniteDifferences.assertGradient(items, byItem, () -> total(loss, weights));
  }

  private Batch batch(GroupLoss loss, HeadGradients gradients, LossSums sums) {
    Batch batch = new Batch(1, NEGATIVES, RANK);
    batch.begin(0, USER, 5);
    batch.setItem(0, 1, 8);
    batch.setItem(0, 2, 2);
    batch.setItem(0, NEGATIVES + 1, 5);
    loss.worker().add(batch, 0, USER, users, USER, items, 0.8, gradients, sums);
    return batch;
  }

  private double total(GroupLoss loss, TaskWeights weights) {
    LossSums sums = new LossSums();
    batch(loss, heads.gradients(), sums);
    return sums.means(NEGATIVES + 1).total(weights);
  }
}
