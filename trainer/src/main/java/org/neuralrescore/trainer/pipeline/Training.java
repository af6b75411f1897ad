package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentVectors;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.scorer.ReliabilityCheck;
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
    Split split = options.protocol().split(data);
    try (Workers workers = new Workers(options.threads())) {
      return new Run(data, options, content, start, progress, split, workers).run();
    }
  }

  private record Run(
      Interactions data,
      TrainingOptions options,
      Optional<ItemContent> content,
      Factorisation start,
      Progress progress,
      Split split,
      Workers workers) {

    TrainingResult run() {
      ScorerTraining training =
          new ScorerTraining(
              options.scorer(), workers, options.seed(), options.features().source(content));
      // Nothing to choose: no factors to choose over.
      ScorerTraining.Outcome outcome =
          options.scorer().hidden().isEmpty()
              ? new ScorerTraining.Outcome(ScorerChoice.dotByOption(), List.of())
              : training.choose(
                  learn(Factorisation.Stage.FIT, split.fit()),
                  split.validation(),
                  options.cutoff(),
                  progress);
      FactorModel factors = learn(Factorisation.Stage.REFIT, split.refit());
      HistoryEncoder encoder = factors.encoder();
      boolean isPrivate = options.privacy().differential().isPresent();
      ScorerTraining.Scorers scorers =
          isPrivate
              ? PrivateScoring.scorers(encoder.items().rank(), encoder.items().rows())
              : training.both(outcome.choice(), factors, progress);
      FactorMatrix users = encoder.encodeAll(split.served(), workers);
      FactorMatrix defaultUser =
          isPrivate ? PrivateScoring.defaultUser(encoder) : DefaultUser.mean(users, split.refit());
      RankingEvaluation evaluation = new RankingEvaluation(options.cutoff(), workers);
      ItemPopularity popularity = ItemPopularity.of(split.refit());
      ScorerTraining.Trained chosen = scorers.chosen();
      Optional<RecentVectors> recent = recent(encoder, chosen);
      Optional<ScorerRequest> unknown = Optional.of(DefaultUser.request(defaultUser, recent));
      List<Ranker> rankers = new ArrayList<>();
      rankers.add(new ModelRanker("model", encoder, chosen.scorer(), chosen.features(), unknown));
      rankers.add(new ModelRanker("dot", encoder, scorers.dot(), unknown));
      rankers.add(new PopularityRanker(split.refit()));
      scorers
          .otherwise()
          .ifPresent(
              other ->
                  rankers.add(
                      new ModelRanker(
                          other.readsFeatures() ? "with features" : "without features",
                          encoder,
                          other.scorer(),
                          other.features(),
                          Optional.of(DefaultUser.request(defaultUser, recent(encoder, other))))));
      return new TrainingResult(
          new TrainedModel(
              data.users(),
              data.items(),
              users,
              encoder.items(),
              chosen.features(),
              chosen.scorer(),
              encoder.foldIn(),
              defaultUser,
              recent),
          data,
          split.test(),
          rankers.stream()
              .map(r -> evaluation.survey(r, split.test(), popularity, progress))
              .toList(),
          ReliabilityCheck.of(options.scorer(), options.seed())
              .run(rankers.get(0), split.test(), split.refit(), workers),
          factors.objective(),
          outcome.epochs(),
          factors.leftOut(),
          outcome.choice());
    }

    private Optional<RecentVectors> recent(HistoryEncoder encoder, ScorerTraining.Trained trained) {
      return DefaultUser.recent(encoder, trained.scorer(), split.served(), split.refit(), workers);
    }

    private FactorModel learn(Factorisation.Stage stage, Histories learned) {
      return FactorModel.learn(
          learned,
          options.factorSolver(workers),
          options.rows(),
          options.encoder(),
          (solver, weights, heard) -> start.factorise(stage, solver, weights, heard),
          progress);
    }
  }
}
