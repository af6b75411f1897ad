// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;

/**
 * The one place that chooses between models: every candidate is fitted on what may be learned from
 * while choosing and ranks the validation cases; {@link Choice} says which ships; then all are made
 * again from fit and validation together and measured on test cases that chose nothing. Whoever has
 * another way to a model adds a {@link Candidate}.
 *
 * @param run the data, its split and the options
 */
record Selection(Run run) {

  /**
   * What came of it, everything in the candidates' order.
   *
   * @param choice on validation cases
   * @param fitted as chosen on
   * @param made again, from fit and validation
   * @param tests of these
   * @param refits the factors that these stand on
   */
  record Selected(
      Choice choice,
      List<Recipe.Fitted> fitted,
      List<Scoring> made,
      List<RankingReport> tests,
      List<FactorModel> refits) {}

  /**
   * Fits, chooses, makes again and measures.
   *
   * @param candidates the simplest first: it ships unless another surely beats it
   */
  Selected among(List<Candidate> candidates) {
    EvaluationSet cases = run.split().withAffordableValidation(run.options().seed()).validation();
    RankingEvaluation evaluation =
        new RankingEvaluation(run.options().cutoff(), run.workers(), run.ranking());
    Map<FactorOptions, FactorModel> fits = new HashMap<>();
    List<Recipe.Fitted> fitted = new ArrayList<>();
    List<RankingReport> validation = new ArrayList<>();
    for (Candidate candidate : candidates) {
      FactorModel model = learn(fits, candidate.factors(), run.split().fit());
      Recipe.Fitted one = candidate.fit().apply(new Fit(model, cases));
      fitted.add(one);
      validation.add(
          evaluation.evaluate(
              run.ranker(candidate.label(), one.scoring(), run.split().fit()),
              cases,
              run.progress()));
    }
    Choice choice = Choice.among(validation, run.options().seed());
    fits.clear();
    List<FactorModel> refits = new ArrayList<>();
    List<Scoring> made = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      refits.add(learn(fits, candidates.get(c).factors(), run.split().refit()));
      made.add(fitted.get(c).recipe().make(refits.get(c)));
    }
    List<RankingReport> tests = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      tests.add(
          evaluation.evaluate(
              run.ranker(candidates.get(c).label(), made.get(c), run.split().refit()),
              run.split().test(),
              run.progress()));
    }
    return new Selected(choice, fitted, made, tests, refits);
  }

  private FactorModel learn(
      Map<FactorOptions, FactorModel> learned, FactorOptions factors, Histories histories) {
    return learned.computeIfAbsent(
        factors, own -> run.withFactors(own).learn(histories, FactorSolver::fit));
  }
}
