package org.neuralrescore.trainer.baseline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.neighbour.EaseInverse;
import org.neuralrescore.trainer.parallel.Workers;

/**
 * EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): {@code B = I - P
 * diag(P)^-1} with {@code P = (X'X + lambda I)^-1}, and an item's score is the weighted sum of its
 * weights from the items of the history. Takes time cubic and memory quadratic in the items, so
 * only the commonest are learned and the others score 0; where there are as few users as that,
 * {@link DualEase} learns all items.
 */
final class Ease implements Ranker {
  private final HistoryWeighting weighting;
  private final int[] items;
  private final int[] places;
  private final float[][] weights;

  private Ease(HistoryWeighting weighting, int[] items, int[] places, float[][] weights) {
    this.weighting = weighting;
    this.items = items;
    this.places = places;
    this.weights = weights;
  }

  /**
   * Learns in the form that has room for all items.
   *
   * @param lambda above 0
   * @param maxSize of a matrix of items or of users
   */
  static Ranker learn(
      Histories learned, double lambda, int maxSize, HistoryWeighting weighting, Workers workers) {
    boolean tooManyItems =
        Arrays.stream(learned.popularity()).filter(users -> users > 0).count() > maxSize;
    return tooManyItems && learned.userCount() <= maxSize
        ? DualEase.learn(learned, lambda, weighting, workers)
        : learnItems(learned, lambda, maxSize, weighting, workers);
  }

  /**
   * Learns a matrix of items.
   *
   * @param maxItems the commonest items, equal ones by row
   */
  static Ease learnItems(
      Histories learned, double lambda, int maxItems, HistoryWeighting weighting, Workers workers) {
    int[] popularity = learned.popularity();
    int[] items =
        IntStream.range(0, learned.itemCount())
            .boxed()
            .filter(item -> popularity[item] > 0)
            .sorted(Comparator.comparingInt(item -> -popularity[item]))
            .limit(maxItems)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] places = new int[learned.itemCount()];
    Arrays.fill(places, -1);
    for (int place = 0; place < items.length; place++) {
      places[items[place]] = place;
    }
    double[][] p = EaseInverse.of(learned.toMatrix(), items, places, lambda, workers);
    float[][] weights = new float[items.length][items.length];
    for (int i = 0; i < items.length; i++) {
      for (int j = 0; j < items.length; j++) {
        weights[i][j] = i == j ? 0f : (float) (-p[i][j] / p[j][j]);
      }
    }
    return new Ease(weighting, items, places, weights);
  }

  @Override
  public String label() {
    return Baseline.EASE.label();
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    float[] learnedScores = new float[items.length];
    float[] history = weighting.weights(seen, user, seen.end(user));
    for (int i = 0; i < history.length; i++) {
      int place = places[seen.item(seen.start(user) + i)];
      if (place >= 0) {
        float[] row = weights[place];
        for (int j = 0; j < learnedScores.length; j++) {
          learnedScores[j] += history[i] * row[j];
        }
      }
    }
    Arrays.fill(scores, 0f);
    for (int j = 0; j < items.length; j++) {
      scores[items[j]] = learnedScores[j];
    }
  }
}
