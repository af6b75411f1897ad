// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.report.Report.Chapter;

/**
 * How a demonstration trains: as {@code train} does. What {@code train} finds for the films that
 * the demonstration makes is always the same and takes minutes to find, so it is written down here.
 *
 * @param options of the training run
 * @param told how they were chosen, for the report
 * @param lines what a person is told of it
 */
record DemoTraining(TrainingOptions options, Optional<Chapter> told, List<String> lines) {
  /** What {@code train} prints as the flags of its choice, on the films as they are made. */
  static final List<String> FOR_FILMS =
      List.of(
          ("--factors implicit-als --recency-days 6.9 --recency-floor 0.1"
                  + " --wide signed --wide-kept 100 --wide-lambda 900.0")
              .split(" ", -1));

  DemoTraining {
    lines = List.copyOf(lines);
  }

  /** A person named the method. */
  static DemoTraining named(TrainingOptions options) {
    return new DemoTraining(options, Optional.empty(), List.of());
  }

  /**
   * The method that suits the films.
   *
   * @param given what a person typed, which wins
   * @param rank likewise
   */
  static DemoTraining onFilms(TrainingOptions given, OptionalInt rank) {
    TrainingOptions films = TrainingFlags.read(FOR_FILMS, Optional.empty()).resolve();
    FactorOptions factors = films.factors();
    HistoryWeighting weighting = films.weighting().withValues(given.weighting().values());
    return new DemoTraining(
        given
            .withFactors(rank.isPresent() ? factors.ofRank(rank.getAsInt()) : factors)
            .withWeighting(given.weighting().floor() == 1 ? weighting : given.weighting())
            .withWide(given.wide().isEmpty() ? films.wide() : given.wide()),
        Optional.empty(),
        List.of("Method: what train chooses for these films, " + String.join(" ", FOR_FILMS)));
  }

  /**
   * The method was chosen on the data.
   *
   * @param byHand flags that make the same
   */
  static DemoTraining chosen(AutoChoice.Outcome made, List<String> byHand) {
    return new DemoTraining(
        made.options(),
        Optional.of(AutoChoice.chapter(made.result(), byHand, made.options().seed())),
        List.of(AutoChoice.text(made.result(), byHand)));
  }
}
