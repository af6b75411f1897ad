// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.scorer.ScorerChoice;
import org.neuralrescore.trainer.scorer.ScorerTraining;

/**
 * One training run. Options and epochs are chosen on validation cases after learning from the rest;
 * then factors and scorer are learned afresh from both, and evaluated on test cases that nothing
 * has seen. The model that ships is the one that was evaluated: the test cases are not folded back
 * in, so its figures are its own.
 */
public final class Training {
  private Training() {}

  /**
   * Trains and evaluates. The result is the same to the bit for equal data, options and seed, on
   * any number of threads.
   *
   * @param data at least one user with three items, or nothing can be held out
   * @param progress hears of {@code factors}, {@code scorer} and {@code evaluate ...}
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where nothing can be held out
   */
  public static TrainingResult run(Interactions data, TrainingOptions options, Progress progress) {
    return run(data, options, Factorisation.cold(), progress);
  }

  /** As above, with factors of another start. */
  public static TrainingResult run(
      Interactions data, TrainingOptions options, Factorisation start, Progress progress) {
    return run(data, options, Optional.empty(), start, progress);
  }

  /**
   * As above.
   *
   * @param content of the items in the data's order, there where it is among the features
   */
  public static TrainingResult run(
      Interactions data,
      TrainingOptions options,
      Optional<ItemContent> content,
      Factorisation start,
      Progress progress) {
    boolean isPrivate = options.privacy().differential().isPresent();
    if (isPrivate && !data.histories().context().columns().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "context columns are for the scorer's network, and a private model has none: leave out"
              + " either");
    }
    boolean chooses = !options.scorer().hidden().isEmpty() || !options.wide().isEmpty();
    if (!options.protocol().holdsOut() && chooses) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--protocol none holds nothing out by which to choose whether a network or --wide ships;"
              + " leave out what asks for one");
    }
    Split split = options.split(data);
    try (Workers workers = new Workers(options.threads())) {
      return run(
          new Run(data, options, split, start.encoding(), start.ranking(), workers, progress),
          content,
          start);
    }
  }

  private static TrainingResult run(Run run, Optional<ItemContent> content, Factorisation start) {
    TrainingOptions options = run.options();
    Split split = run.split();
    ScorerTraining training =
        new ScorerTraining(
            options.scorer(),
            run.workers(),
            options.seed(),
            options.features().source(content),
            options.wide().stream().map(options::heldToPrivacy).toList(),
            run.ranking());
    // Nothing to choose: no factors to choose over.
    ScorerTraining.Outcome outcome =
        options.scorer().hidden().isEmpty() && options.wide().isEmpty()
            ? new ScorerTraining.Outcome(ScorerChoice.dotByOption(), List.of())
            : training.choose(
                run.learn(split.fit(), start.at(Factorisation.Stage.FIT)),
                split.validation(),
                options.cutoff(),
                run.progress());
    FactorModel factors =
        run.withFactors(start.options(Factorisation.Stage.REFIT, options.factors()))
            .learn(split.refit(), start.at(Factorisation.Stage.REFIT));
    Shipped shipped = Shipped.of(run, outcome.choice(), factors, start.at(Factorisation.Stage.FEW));
    HistoryEncoder encoder = factors.encoder();
    ScorerTraining.Scorers scorers =
        options.privacy().differential().isPresent()
            ? PrivateScoring.scorers(encoder.items().rank(), encoder.items().rows())
            : training.both(shipped.choice(), factors, shipped.factors(), run.progress());
    return run.result(
        shipped.factors(),
        new Scoring(shipped.factors().encoder(), scorers.chosen()),
        new Rivals(
            new Scoring(encoder, scorers.dot()),
            scorers.otherwise().map(other -> new Scoring(encoder, other)),
            scorers.linear().map(linear -> new Scoring(encoder, linear))),
        shipped.choice(),
        outcome.epochs());
  }
}
