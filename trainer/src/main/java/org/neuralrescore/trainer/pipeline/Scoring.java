package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.ScorerTraining;

/**
 * Factors and scorer: all that a ranking takes.
 *
 * @param encoder the item factors and the encoder over them
 * @param features of the items, no blocks where the scorer reads the factors alone
 */
record Scoring(HistoryEncoder encoder, ScorerWeights scorer, ItemFeatures features) {
  Scoring(HistoryEncoder encoder, ScorerWeights scorer) {
    this(encoder, scorer, ItemFeatures.none(encoder.items().rows()));
  }

  Scoring(HistoryEncoder encoder, ScorerTraining.Trained trained) {
    this(encoder, trained.scorer(), trained.features());
  }
}
