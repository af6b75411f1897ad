// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;

/**
 * All that decides a trial but data, sweeps and seed: the options that a search has to beat, with
 * some of them changed.
 *
 * @param factors the method and its options
 * @param rows the matrix that is factorised; its values are the histories' too
 * @param encoder of users
 * @param scorer of the network, which is trained where the space names an option of it
 */
public record TrialOptions(
    FactorOptions factors, RowScheme rows, EncoderOptions encoder, ScorerOptions scorer) {

  FactorMethod method() {
    return factors.method();
  }

  HistoryWeighting weighting() {
    return encoder.weighting();
  }

  TrialOptions withFactors(FactorOptions value) {
    return new TrialOptions(value, rows, encoder, scorer);
  }

  TrialOptions withEncoder(EncoderOptions value) {
    return new TrialOptions(factors, rows, value, scorer);
  }

  TrialOptions withScorer(ScorerOptions value) {
    return new TrialOptions(factors, rows, encoder, value);
  }
}
