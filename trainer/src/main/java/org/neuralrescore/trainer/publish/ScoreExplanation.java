// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.core.explain.Explanation;
import co.elastic.clients.elasticsearch.core.explain.ExplanationDetail;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a hit has its score.
 *
 * @param value this part's value
 * @param description what it is
 * @param details what it is made of
 */
public record ScoreExplanation(double value, String description, List<ScoreExplanation> details) {
  private static final Pattern TOUCHED = Pattern.compile("because item \\[(.*)] was touched");

  public ScoreExplanation {
    details = List.copyOf(details);
  }

  /** The ids of the items that it names as touched, those of its details included. */
  public Stream<String> touched() {
    Matcher touched = TOUCHED.matcher(description);
    return Stream.concat(
        touched.matches() ? Stream.of(touched.group(1)) : Stream.empty(),
        details.stream().flatMap(ScoreExplanation::touched));
  }

  /**
   * What it is, for a person: an item that was touched by its title.
   *
   * @param titles of ids; an id itself where there is none
   */
  public String told(UnaryOperator<String> titles) {
    Matcher touched = TOUCHED.matcher(description);
    return touched.matches()
        ? "because you touched \"" + titles.apply(touched.group(1)) + "\""
        : description;
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
