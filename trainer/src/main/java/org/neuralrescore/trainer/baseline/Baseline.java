package org.neuralrescore.trainer.baseline;

import java.util.Locale;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.parallel.Workers;

/** The baselines by name. Each weighs a history as the model beside it does. */
public enum Baseline {
  /** What most users touched. */
  POPULARITY {
    @Override
    public Ranker learn(Histories learned, BaselineOptions options, Workers workers) {
      return new PopularityRanker(learned);
    }
  },
  /** Cosine between items (Sarwar et al. 2001), all neighbours in catalogues below 8,000 items. */
  ITEM_KNN {
    @Override
    public Ranker learn(Histories learned, BaselineOptions options, Workers workers) {
      int neighbours = Math.min(learned.itemCount(), MAX_SIMILARITIES / learned.itemCount());
      return new NeighbourRanker(
          label(),
          Similarity.COSINE.of(learned, Math.max(100, neighbours), workers),
          options.weighting());
    }
  },
  /** Log-likelihood ratio of touching both (Dunning 1993), as in Mahout, 100 neighbours. */
  LLR {
    @Override
    public Ranker learn(Histories learned, BaselineOptions options, Workers workers) {
      return new NeighbourRanker(
          label(),
          Similarity.LOG_LIKELIHOOD.of(learned, LLR_NEIGHBOURS, workers),
          options.weighting());
    }
  },
  /**
   * EASE (Steck 2019): a closed-form linear autoencoder; lambda 100. All items where they or the
   * users are at most 6000, else the 6000 commonest.
   */
  EASE {
    @Override
    public Ranker learn(Histories learned, BaselineOptions options, Workers workers) {
      return Ease.learn(learned, EASE_LAMBDA, EASE_MAX_SIZE, options.weighting(), workers);
    }
  },
  /** Unconstrained implicit ALS (Hu et al. 2008) in the form of Rendle et al. 2021. */
  IALS {
    @Override
    public Ranker learn(Histories learned, BaselineOptions options, Workers workers) {
      return UnconstrainedAls.learn(
          learned,
          UnconstrainedAls.Options.of(options.rank(), options.seed()),
          options.weighting(),
          workers);
    }
  };

  /** Rows of similarities are cut where all of them would take more memory than this many. */
  private static final int MAX_SIMILARITIES = 64_000_000;

  private static final int LLR_NEIGHBOURS = 100;
  private static final double EASE_LAMBDA = 100;
  private static final int EASE_MAX_SIZE = 6000;

  /** Its name in options and reports, such as {@code item-knn}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Learns.
   *
   * @param learned what may be learned from
   */
  public abstract Ranker learn(Histories learned, BaselineOptions options, Workers workers);
}
