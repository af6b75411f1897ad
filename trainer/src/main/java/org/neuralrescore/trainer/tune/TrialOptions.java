package org.neuralrescore.trainer.tune;

import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.SolverOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;

/**
 * All that decides a trial but data, sweeps and seed: the options that a search has to beat, with
 * some of them changed.
 *
 * @param factors rank, and the rest where the loss is the weighted implicit one
 * @param solver loss and solver
 * @param rows the matrix that is factorised; its values are the histories' too
 * @param encoder of users
 * @param scorer of the network, which is trained where the space names an option of it
 */
public record TrialOptions(
    ImplicitAlsOptions factors,
    SolverOptions solver,
    RowScheme rows,
    EncoderOptions encoder,
    ScorerOptions scorer) {

  FactorMethod method() {
    return solver.method();
  }

  HistoryWeighting weighting() {
    return encoder.weighting();
  }

  TrialOptions withFactors(ImplicitAlsOptions value) {
    return new TrialOptions(value, solver, rows, encoder, scorer);
  }

  TrialOptions withSolver(SolverOptions value) {
    return new TrialOptions(factors, value, rows, encoder, scorer);
  }

  TrialOptions withEncoder(EncoderOptions value) {
    return new TrialOptions(factors, solver, rows, value, scorer);
  }

  TrialOptions withScorer(ScorerOptions value) {
    return new TrialOptions(factors, solver, rows, encoder, value);
  }
}
