package org.neuralrescore.trainer.combine.variant;

import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * A trained variant: all that ranking and export need, and what it is worth on validation.
 *
 * @param method how it was made
 * @param encoder its item factors and the encoder over them
 * @param scorer its scorer
 * @param validation its figures on the validation cases, labelled with the method
 * @param note what was chosen on the way, for a person
 */
public record Variant(
    Method method,
    HistoryEncoder encoder,
    ScorerWeights scorer,
    RankingReport validation,
    String note) {}
