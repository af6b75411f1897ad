// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.Optional;
import org.neuralrescore.trainer.combine.category.CategoryHead;
import org.neuralrescore.trainer.scorer.network.DecayingAdam;
import org.neuralrescore.trainer.scorer.network.GradientRows;

/** The networks over the shared factors, each with its optimiser. */
final class Heads {
  private final PairHead score;
  private final Optional<PairHead> rating;
  private final Optional<CategoryHead> category;
  private final DecayingAdam scoreAdam;
  private final Optional<DecayingAdam> ratingAdam;
  private final Optional<DecayingAdam> categoryAdam;

  Heads(
      PairHead score,
      Optional<PairHead> rating,
      Optional<CategoryHead> category,
      double rate,
      double decay) {
    this.score = score;
    this.rating = rating;
    this.category = category;
    scoreAdam = new DecayingAdam(score.shape(), score.parameters(), rate, decay);
    ratingAdam = rating.map(head -> new DecayingAdam(head.shape(), head.parameters(), rate, decay));
    categoryAdam =
        category.map(head -> new DecayingAdam(head.shape(), head.parameters(), rate, decay));
    refresh();
  }

  PairHead score() {
    return score;
  }

  Optional<PairHead> rating() {
    return rating;
  }

  Optional<CategoryHead> category() {
    return category;
  }

  /** Gradients of all heads of one chunk. */
  HeadGradients gradients() {
    return new HeadGradients(
        GradientRows.like(score.parameters()),
        rating.map(head -> GradientRows.like(head.parameters())).orElse(new double[0][]),
        category.map(head -> GradientRows.like(head.parameters())).orElse(new double[0][]));
  }

  void step(HeadGradients gradients) {
    scoreAdam.step(score.parameters(), gradients.score());
    rating.ifPresent(head -> ratingAdam.orElseThrow().step(head.parameters(), gradients.rating()));
    category.ifPresent(
        head -> categoryAdam.orElseThrow().step(head.parameters(), gradients.category()));
    refresh();
  }

  private void refresh() {
    score.refresh();
    rating.ifPresent(PairHead::refresh);
    category.ifPresent(CategoryHead::refresh);
  }
}
