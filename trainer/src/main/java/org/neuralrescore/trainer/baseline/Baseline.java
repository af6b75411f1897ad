package org.neuralrescore.trainer.baseline;

import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.parallel.Workers;

/** The baselines by name. Each weighs a history as the model beside it does. */
public enum Baseline {
  /** What most users touched. */
  POPULARITY {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return new PopularityRanker(learned);
    }
  },
  /** Cosine between items (Sarwar et al. 2001), all neighbours. */
  ITEM_KNN {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return new NeighbourRanker(
          "item-knn", Similarity.COSINE.of(learned, learned.itemCount(), workers), weighting);
    }
  },
  /** Log-likelihood ratio of touching both (Dunning 1993), as in Mahout, 100 neighbours. */
  LLR {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return new NeighbourRanker(
          "llr", Similarity.LOG_LIKELIHOOD.of(learned, LLR_NEIGHBOURS, workers), weighting);
    }
  },
  /** EASE (Steck 2019): a closed-form linear autoencoder; lambda 100, the 6000 commonest items. */
  EASE {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return Ease.learn(learned, EASE_LAMBDA, EASE_MAX_ITEMS, weighting, workers);
    }
  },
  /** Unconstrained implicit ALS (Hu et al. 2008) in the form of Rendle et al. 2021, k = 64. */
  IALS {
    @Override
    public Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers) {
      return UnconstrainedAls.learn(
          learned, UnconstrainedAls.Options.defaults(), weighting, workers);
    }
  };

  private static final int LLR_NEIGHBOURS = 100;
  private static final double EASE_LAMBDA = 100;
  private static final int EASE_MAX_ITEMS = 6000;

  /**
   * Learns.
   *
   * @param learned what may be learned from
   * @param weighting what each interaction of a history weighs when its user is scored
   */
  public abstract Ranker learn(Histories learned, HistoryWeighting weighting, Workers workers);
}
