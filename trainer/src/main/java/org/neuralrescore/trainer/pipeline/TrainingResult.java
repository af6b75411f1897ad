// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.List;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.Reliability;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.scorer.EpochRecord;
import org.neuralrescore.trainer.scorer.ScorerChoice;

/**
 * What a training run made and what it is worth.
 *
 * @param model the model that was evaluated and that ships: learned from everything but the test
 *     cases
 * @param data what it was trained on, with summary and hash
 * @param test the held-out cases; {@code test.seen()} is what the model learned from
 * @param surveys figures on {@code test}, none where nothing is held out: {@code model} first, then
 *     {@code dot}, then {@code popularity}; where features were asked for, then the network {@code
 *     with features} or {@code without features}, whichever does not ship; where histories were
 *     asked, then {@code wide} and {@code wide + dot}
 * @param reliability of the model's probabilities, on test cases too: they choose nothing
 * @param objective the factorisation's loss after each sweep, never rising
 * @param epochs the scorer's training while choosing, empty where no network was asked for
 * @param leftOut what of the data was not learned from, held-out cases apart
 * @param choice which scorer ships and why
 */
public record TrainingResult(
    TrainedModel model,
    Interactions data,
    EvaluationSet test,
    List<RankingSurvey> surveys,
    Reliability reliability,
    List<Double> objective,
    List<EpochRecord> epochs,
    CoreRule.LeftOut leftOut,
    ScorerChoice choice) {
  /** The dot product's name in figures. */
  public static final String DOT = "dot";

  /** The name of what histories say alone. */
  public static final String WIDE = "wide";

  /** The name of that and the dot product, without a network. */
  public static final String LINEAR = "wide + dot";

  public TrainingResult {
    surveys = List.copyOf(surveys);
    objective = List.copyOf(objective);
    epochs = List.copyOf(epochs);
  }

  /** The rankings of {@code surveys}, in their order. */
  public List<RankingReport> reports() {
    return surveys.stream().map(RankingSurvey::ranking).toList();
  }
}
