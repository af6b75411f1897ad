// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.Optional;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.ScorerTraining;
import org.neuralrescore.trainer.wide.WideModel;

/**
 * Factors and scorer: all that a ranking takes.
 *
 * @param encoder the item factors and the encoder over them
 * @param features of the items, no blocks where the scorer reads the factors alone
 * @param wide what histories say, there where the scorer reads that
 */
record Scoring(
    HistoryEncoder encoder, ScorerWeights scorer, ItemFeatures features, Optional<WideModel> wide) {
  Scoring(HistoryEncoder encoder, ScorerWeights scorer) {
    this(encoder, scorer, ItemFeatures.none(encoder.items().rows()), Optional.empty());
  }

  Scoring(HistoryEncoder encoder, ScorerTraining.Trained trained) {
    this(encoder, trained.scorer(), trained.features(), trained.wide());
  }
}
