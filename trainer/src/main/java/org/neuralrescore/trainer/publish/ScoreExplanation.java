package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.core.explain.Explanation;
import co.elastic.clients.elasticsearch.core.explain.ExplanationDetail;
import java.util.List;

/**
 * Why a hit has its score.
 *
 * @param value this part's value
 * @param description what it is
 * @param details what it is made of
 */
public record ScoreExplanation(double value, String description, List<ScoreExplanation> details) {
  public ScoreExplanation {
    details = List.copyOf(details);
  }

  static ScoreExplanation of(Explanation explanation) {
    return new ScoreExplanation(
        explanation.value(), explanation.description(), all(explanation.details()));
  }

  private static List<ScoreExplanation> all(List<ExplanationDetail> details) {
    return details.stream()
        .map(
            detail ->
                new ScoreExplanation(detail.value(), detail.description(), all(detail.details())))
        .toList();
  }
}
