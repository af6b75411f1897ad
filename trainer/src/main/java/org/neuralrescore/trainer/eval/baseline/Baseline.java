// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;

/** The baselines by name. */
public enum Baseline {
  /** What most users touched. */
  POPULARITY(
      "what most users touched",
      "Cremonesi et al. 2010, Performance of Recommender Algorithms on Top-N Recommendation Tasks") {
    @Override
    public LearnedBaseline learn(Histories learned, BaselineOptions options, Workers workers) {
      Ranker popularity = new PopularityRanker(learned);
      return weighting -> popularity;
    }
  },
  /** Cosine between items (Sarwar et al. 2001), all neighbours in catalogues below 8,000 items. */
  ITEM_KNN(
      "cosine between items, all neighbours",
      "Sarwar et al. 2001, Item-Based Collaborative Filtering Recommendation Algorithms") {
    @Override
    public LearnedBaseline learn(Histories learned, BaselineOptions options, Workers workers) {
      int neighbours = Math.min(learned.itemCount(), MAX_SIMILARITIES / learned.itemCount());
      SparseMatrix similarities = Similarity.COSINE.of(learned, Math.max(100, neighbours), workers);
      return weighting -> new NeighbourRanker(label(), similarities, weighting);
    }
  },
  /** Log-likelihood ratio of touching both (Dunning 1993), as in Mahout, 100 neighbours. */
  LLR(
      "log-likelihood ratio of touching both, Mahout's, 100 neighbours",
      "Dunning 1993, Accurate Methods for the Statistics of Surprise and Coincidence") {
    @Override
    public LearnedBaseline learn(Histories learned, BaselineOptions options, Workers workers) {
      SparseMatrix similarities = Similarity.LOG_LIKELIHOOD.of(learned, LLR_NEIGHBOURS, workers);
      return weighting -> new NeighbourRanker(label(), similarities, weighting);
    }
  },
  /**
   * EASE (Steck 2019): a closed-form linear autoencoder; lambda 100 or what suits the data better.
   * All items where they or the users are at most 6000, else each item on the 100 nearest to it.
   */
  EASE(
      "a closed-form linear autoencoder, lambda 10 to 1000; of over 6000 items and users each item"
          + " on its 100 nearest",
      "Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data") {
    @Override
    public Optional<Regularisation> regularisation() {
      return Optional.of(new Regularisation("lambda", List.of(10., 30., 100., 300., 1000.)));
    }

    @Override
    public LearnedBaseline learn(Histories learned, BaselineOptions options, Workers workers) {
      return Ease.learn(learned, strength(options), EASE_MAX_SIZE, workers);
    }
  },
  /** Unconstrained implicit ALS (Hu et al. 2008) in the form of Rendle et al. 2021. */
  IALS(
      "weighted implicit ALS without the constraint, alpha0 .01 to 10",
      "Hu, Koren and Volinsky 2008, Collaborative Filtering for Implicit Feedback Datasets") {
    @Override
    public Optional<Regularisation> regularisation() {
      return Optional.of(new Regularisation("alpha0", List.of(0.01, 0.03, 0.1, 0.3, 1., 3., 10.)));
    }

    @Override
    public LearnedBaseline learn(Histories learned, BaselineOptions options, Workers workers) {
      return UnconstrainedAls.learn(
          learned,
          UnconstrainedAls.Options.of(options.rank(), options.seed()).withAlpha0(strength(options)),
          workers);
    }
  };

  /** Rows of similarities are cut where all of them would take more memory than this many. */
  private static final int MAX_SIMILARITIES = 64_000_000;

  private static final int LLR_NEIGHBOURS = 100;
  private static final int EASE_MAX_SIZE = 6000;

  private final String description;
  private final String paper;

  Baseline(String description, String paper) {
    this.description = description;
    this.paper = paper;
  }

  /** What has to suit the data; empty for one that only counts. */
  public Optional<Regularisation> regularisation() {
    return Optional.empty();
  }

  double strength(BaselineOptions options) {
    return regularisation().orElseThrow().at(options.strength());
  }

  /** Its name in options and reports, such as {@code item-knn}. */
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

  /** Whether it ranks otherwise for who touched other things; what is popular is so for all. */
  public boolean asksHistories() {
    return this != POPULARITY;
  }

  /**
   * Learns.
   *
   * @param learned what may be learned from
   */
  public abstract LearnedBaseline learn(
      Histories learned, BaselineOptions options, Workers workers);
}
