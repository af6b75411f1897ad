// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Interval;
import org.neuralrescore.trainer.release.report.Section.Intervals;
import org.neuralrescore.trainer.release.report.Section.Table;
import org.neuralrescore.trainer.scorer.FeatureChoice;
import org.neuralrescore.trainer.scorer.ScorerChoice;

/** What the scorer reads, and what the features beside the factors were worth on validation. */
final class InputSections {
  private final ScorerInputs inputs;
  private final Optional<FeatureChoice> choice;

  InputSections(ScorerInputs inputs, ScorerChoice choice) {
    this.inputs = inputs;
    this.choice = choice.features();
  }

  List<Section> all() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("user", "factors of the user, or of a history"));
    rows.add(List.of("items", "factors of the item"));
    for (FeatureBlock block : inputs.features()) {
      rows.add(
          List.of(
              block.name(),
              block.kind() == FeatureBlock.Kind.NUMBER
                  ? "a number of the item"
                  : "a vector of the item, " + block.width() + " wide"));
    }
    if (inputs.wide()) {
      rows.add(
          List.of(
              ScorerInputs.WIDE,
              "what the user's history says of the item: sum, matches, the largest term"));
    }
    for (ContextColumn column : inputs.context()) {
      rows.add(List.of(column.name(), "of the request, " + column.width() + " wide"));
    }
    inputs
        .recent()
        .ifPresent(
            recent ->
                rows.add(
                    List.of(
                        "recent",
                        "the newest "
                            + recent.count()
                            + " items of the history, each weighing "
                            + recent.decay()
                            + " of the one behind it")));
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Table(
            "What the scorer reads",
            choice.map(FeatureChoice::reason).orElse(""),
            List.of("input", "what it is"),
            rows));
    choice.ifPresent(
        reads ->
            sections.add(
                new Intervals(
                    "Lead of the network with features on validation, NDCG",
                    "Paired, on the cases that chose. Highlighted: what decides.",
                    List.of(
                        interval("over the network without", reads.overNetwork(), false),
                        interval("over what would ship without", reads.overShipped(), true)))));
    return sections;
  }

  private static Interval interval(String name, PairedBootstrap lead, boolean decides) {
    return QualitySections.interval(name, lead.low(), lead.difference(), lead.high(), decides);
  }
}
