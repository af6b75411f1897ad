package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerWeights;

/** How a variant is made again from more data, everything chosen on validation as it was. */
@FunctionalInterface
interface Recipe {
  /**
   * Factors and scorer.
   *
   * @param encoder the item factors and the encoder over them
   * @param features of the items, no blocks where the scorer reads the factors alone
   */
  record Made(HistoryEncoder encoder, ScorerWeights scorer, ItemFeatures features) {
    Made(HistoryEncoder encoder, ScorerWeights scorer) {
      this(encoder, scorer, ItemFeatures.none(encoder.items().rows()));
    }
  }

  Made make(FactorModel model);

  /**
   * A recipe with what it made while choosing.
   *
   * @param note what was chosen, for a person
   */
  record Chosen(Made made, Recipe recipe, String note) {}
}
