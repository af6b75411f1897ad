package org.neuralrescore.trainer.baseline;

import java.util.Locale;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.parallel.Workers;

/** The baselines by name. Each weighs a history as the model beside it does. */
public enum Baseline {
  /** What most users touched. */
  POPULARITY(
      "what most users touched",
      "Cremonesi et al. 2010, Performance of Recommender Algorithms on Top-N Recommendation Tasks") {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return new PopularityRanker(learned);
    }
  },
  /** Cosine between items (Sarwar et al. 2001), all neighbours. */
  ITEM_KNN(
      "cosine between items, all neighbours",
      "Sarwar et al. 2001, Item-Based Collaborative Filtering Recommendation Algorithms") {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return new NeighbourRanker(
          "item-knn", Similarity.COSINE.of(learned, learned.itemCount(), workers), weighting);
    }
  },
  /** Log-likelihood ratio of touching both (Dunning 1993), as in Mahout, 100 neighbours. */
  LLR(
      "log-likelihood ratio of touching both, Mahout's, 100 neighbours",
      "Dunning 1993, Accurate Methods for the Statistics of Surprise and Coincidence") {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return new NeighbourRanker(
          "llr", Similarity.LOG_LIKELIHOOD.of(learned, LLR_NEIGHBOURS, workers), weighting);
    }
  },
  /** EASE (Steck 2019): a closed-form linear autoencoder; lambda 100, the 6000 commonest items. */
  EASE(
      "a closed-form linear autoencoder, lambda 100, the 6000 commonest items",
      "Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data") {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return Ease.learn(learned, EASE_LAMBDA, EASE_MAX_ITEMS, weighting, workers);
    }
  },
  /** Unconstrained implicit ALS (Hu et al. 2008) in the form of Rendle et al. 2021, k = 64. */
  IALS(
      "weighted implicit ALS without the constraint, k = 64",
      "Hu, Koren and Volinsky 2008, Collaborative Filtering for Implicit Feedback Datasets") {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return UnconstrainedAls.learn(
          learned, UnconstrainedAls.Options.defaults(), weighting, workers);
    }
  };

  private static final int LLR_NEIGHBOURS = 100;
  private static final double EASE_LAMBDA = 100;
  private static final int EASE_MAX_ITEMS = 6000;

  private final String description;
  private final String paper;

  Baseline(String description, String paper) {
    this.description = description;
    this.paper = paper;
  }

  /** Its name in reports, such as {@code item-knn}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line on what it does. */
  public String description() {
    return description;
  }

  /** Where it comes from. */
  public String paper() {
    return paper;
  }

  /**
   * Learns.
   *
   * @param learned what may be learned from
   * @param weighting what each interaction of a history weighs when its user is scored
   */
  public abstract Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers);
}
