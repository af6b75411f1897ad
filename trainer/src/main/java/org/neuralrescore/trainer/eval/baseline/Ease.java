// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.factors.neighbour.CommonItems;
import org.neuralrescore.trainer.factors.neighbour.DenseItemWeights;
import org.neuralrescore.trainer.factors.neighbour.EaseInverse;
import org.neuralrescore.trainer.factors.neighbour.ItemWeights;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.wide.LocalRidge;
import org.neuralrescore.trainer.wide.WideHistories;
import org.neuralrescore.trainer.wide.WideModel;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): {@code B = I - P
 * diag(P)^-1} with {@code P = (X'X + lambda I)^-1}, and an item's score is the weighted sum of its
 * weights from the items of the history. Takes time cubic and memory quadratic in the items; where
 * there are too many of them and few users, {@link DualEase} learns them all, and where there are
 * many of both, each item is regressed on those nearest to it alone, {@link LocalRidge}.
 */
final class Ease implements Ranker {
  private final HistoryWeighting weighting;
  private final ItemWeights weights;

  private Ease(HistoryWeighting weighting, ItemWeights weights) {
    this.weighting = weighting;
    this.weights = weights;
  }

  /**
   * Learns in the form that has room for all items.
   *
   * @param lambda above 0
   * @param maxSize of a matrix of items or of users
   */
  static LearnedBaseline learn(Histories learned, double lambda, int maxSize, Workers workers) {
    boolean tooManyItems =
        Arrays.stream(learned.popularity()).filter(users -> users > 0).count() > maxSize;
    if (!tooManyItems) {
      return learnItems(learned, lambda, maxSize, workers);
    }
    return learned.userCount() <= maxSize
        ? DualEase.learn(learned, lambda, workers)
        : learnNearest(learned, lambda, workers);
  }

  private static LearnedBaseline learnNearest(Histories learned, double lambda, Workers workers) {
    HistoryWeighting alike = HistoryWeighting.uniform();
    ItemNeighbours nearest =
        LocalRidge.learn(learned, alike, WideOptions.defaults().withLambda(lambda), workers);
    return weighting ->
        new WideRanker(
            Baseline.EASE.label(),
            new WideModel(nearest, new WideHistories(weighting, Integer.MAX_VALUE)));
  }

  /**
   * Learns a matrix of items.
   *
   * @param maxItems the commonest items, equal ones by row
   */
  static LearnedBaseline learnItems(
      Histories learned, double lambda, int maxItems, Workers workers) {
    SparseMatrix rows = learned.toMatrix();
    CommonItems items = CommonItems.of(rows, maxItems);
    double[][] p = EaseInverse.of(rows, items, lambda, workers);
    float[][] weights = new float[items.size()][items.size()];
    for (int i = 0; i < items.size(); i++) {
      for (int j = 0; j < items.size(); j++) {
        weights[i][j] = i == j ? 0f : (float) (-p[i][j] / p[j][j]);
      }
    }
    ItemWeights all = new DenseItemWeights(items, learned.itemCount(), weights);
    return weighting -> new Ease(weighting, all);
  }

  @Override
  public String label() {
    return Baseline.EASE.label();
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    float[] history = weighting.weights(seen, user, seen.end(user));
    int[] touched = new int[history.length];
    for (int i = 0; i < touched.length; i++) {
      touched[i] = seen.item(seen.start(user) + i);
    }
    weights.sum(touched, history, scores);
  }
}
