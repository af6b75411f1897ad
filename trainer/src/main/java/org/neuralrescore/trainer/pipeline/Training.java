package org.neuralrescore.trainer.pipeline;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.Interactions;
import org.neuralrescore.trainer.dataset.Split;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.nmf.HistoryEncoder;
import org.neuralrescore.trainer.nmf.ImplicitAls;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;
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
   * @throws org.neuralrescore.trainer.UserError of kind INPUT where nothing can be held out
   */
  public static TrainingResult run(Interactions data, TrainingOptions options, Progress progress) {
    Split split = options.protocol().split(data);
    try (Workers workers = new Workers(options.threads())) {
      return new Run(data, options, progress, split, workers).run();
    }
  }

  private record Fitted(HistoryEncoder encoder, List<Double> objective) {}

  private record Run(
      Interactions data, TrainingOptions options, Progress progress, Split split, Workers workers) {

    TrainingResult run() {
      Fitted fitted = factors(split.refit());
      HistoryEncoder encoder = fitted.encoder();
      ScorerTraining training = new ScorerTraining(options.scorer(), workers, options.seed());
      ScorerWeights dot = training.dot(encoder, split.refit());
      ScorerWeights scorer = dot;
      FactorMatrix users = encoder.encodeAll(split.refit(), workers);
      FactorMatrix defaultUser = DefaultUser.mean(users, split.refit());
      RankingEvaluation evaluation = new RankingEvaluation(options.cutoff(), workers);
      List<Ranker> rankers =
          List.of(
              new ModelRanker("model", encoder, scorer, Optional.of(defaultUser.values())),
              new ModelRanker("dot", encoder, dot, Optional.of(defaultUser.values())),
              new PopularityRanker(split.refit()));
      return new TrainingResult(
          new TrainedModel(
              data.users(),
              data.items(),
              users,
              encoder.items(),
              scorer,
              encoder.foldIn(),
              defaultUser),
          data,
          split.test(),
          rankers.stream().map(r -> evaluation.evaluate(r, split.test(), progress)).toList(),
          fitted.objective(),
          List.of(),
          new ScorerChoice(ScorerChoice.Variant.DOT, 0, 0, 0, "no network was trained"));
    }

    private Fitted factors(Histories learned) {
      ImplicitAls als = new ImplicitAls(options.factors().withSeed(options.seed()), workers);
      ImplicitAls.Result result = als.fit(learned.toMatrix(), progress);
      FactorMatrix items = result.factors().itemMatrix();
      return new Fitted(
          new HistoryEncoder(
              items, als.foldIn(items, options.foldInIterations()), options.weighting()),
          result.objective());
    }
  }
}
