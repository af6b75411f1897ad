// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.combine.category.CategoryHead;
import org.neuralrescore.trainer.combine.category.ItemCategories;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.ImplicitLoss;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * Joint and multi-task training: {@code L_NMF + lambda L_DL} and further heads, by Adam with
 * projection, from a start. Users are folded in over the moved items before anything is measured.
 */
public final class JointTraining {
  private static final int VALIDATION_USERS = 2000;

  private final ImplicitLoss reconstructed;
  private final JointOptions options;
  private final ItemCategories categories;
  private final Function<FactorMatrix, HistoryEncoder> encoders;
  private final Workers workers;
  private final long seed;

  /**
   * Trains with its options.
   *
   * @param reconstructed the loss of the factors, which training goes on with
   * @param categories of the items; none where the category weight is 0
   * @param encoders the history encoder over item factors
   * @param workers stay the caller's
   */
  public JointTraining(
      ImplicitLoss reconstructed,
      JointOptions options,
      ItemCategories categories,
      Function<FactorMatrix, HistoryEncoder> encoders,
      Workers workers,
      long seed) {
    this.reconstructed = reconstructed;
    this.options = options;
    this.categories = categories;
    this.encoders = encoders;
    this.workers = workers;
    this.seed = seed;
  }

  /**
   * What training made.
   *
   * @param encoder over the moved item factors
   * @param scorer the score head, trained on the vectors that {@link JointOptions#users} names
   * @param category the category head, empty where its weight is 0
   * @param epochs the course of the training; validation figures are 0 where nothing was validated
   * @param epoch the epoch that this is, from 1
   */
  public record Result(
      HistoryEncoder encoder,
      ScorerWeights scorer,
      Optional<CategoryHead> category,
      List<JointEpoch> epochs,
      int epoch) {
    public Result {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * Trains until the validation figure stops rising.
   *
   * @param learned positives come from here and from nowhere else
   * @param cutoff k of the NDCG that stops
   * @return the best epoch's factors and score; its category head is the last epoch's
   */
  public Result choose(
      JointStart start,
      Histories learned,
      EvaluationSet validation,
      int cutoff,
      Progress progress) {
    EvaluationSet cases = validation.sample(VALIDATION_USERS, new SplittableRandom(seed));
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    JointTrainer trainer = trainer(start, learned);
    List<JointEpoch> epochs = new ArrayList<>();
    Optional<Result> best = Optional.empty();
    double bestNdcg = Double.NEGATIVE_INFINITY;
    int bestEpoch = 0;
    try (Progress.Task task = progress.start("joint", options.epochs())) {
      for (int e = 1; e <= options.epochs() && e - bestEpoch <= options.patience(); e++) {
        TaskLosses losses = trainer.epoch();
        HistoryEncoder encoder = encoders.apply(trainer.itemMatrix());
        ScorerWeights scorer = trainer.scorer();
        ScorerWeights dot = new ScorerWeights(scorer.rank(), 1f, 0f, List.of());
        JointEpoch epoch =
            new JointEpoch(
                e,
                losses,
                ndcg(evaluation, encoder, scorer, cases),
                ndcg(evaluation, encoder, dot, cases));
        epochs.add(epoch);
        if (epoch.ndcg() > bestNdcg) {
          bestNdcg = epoch.ndcg();
          bestEpoch = e;
          best = Optional.of(new Result(encoder, scorer, trainer.categoryHead(), List.of(), e));
        }
        task.advance(1);
        task.note(
            String.format(
                Locale.ROOT,
                "loss %.4f, NDCG@%d %.4f",
                losses.total(options.weights()),
                cutoff,
                epoch.ndcg()));
      }
    }
    Result chosen = best.orElseThrow();
    return new Result(chosen.encoder(), chosen.scorer(), chosen.category(), epochs, bestEpoch);
  }

  /** Trains for a number of epochs that was chosen before. */
  public Result train(JointStart start, Histories learned, int epochs, Progress progress) {
    JointTrainer trainer = trainer(start, learned);
    List<JointEpoch> course = new ArrayList<>();
    try (Progress.Task task = progress.start("joint on all", epochs)) {
      for (int e = 1; e <= epochs; e++) {
        TaskLosses losses = trainer.epoch();
        course.add(new JointEpoch(e, losses, 0, 0));
        task.advance(1);
        task.note(String.format(Locale.ROOT, "loss %.4f", losses.total(options.weights())));
      }
    }
    return new Result(
        encoders.apply(trainer.itemMatrix()),
        trainer.scorer(),
        trainer.categoryHead(),
        course,
        epochs);
  }

  /**
   * The dot product of folded users and the start's items, calibrated to log-odds: what the network
   * must beat.
   */
  public ScorerWeights dot(JointStart start, Histories learned) {
    JointOptions plain = options.finishing().withHidden(List.of());
    JointStart factors = new JointStart(start.users(), start.items(), Optional.empty());
    return new JointTrainer(
            factors, learned, categories, reconstructed, plain, encoders, seed, workers)
        .scorer();
  }

  private JointTrainer trainer(JointStart start, Histories learned) {
    return new JointTrainer(
        start, learned, categories, reconstructed, options, encoders, seed, workers);
  }

  private static double ndcg(
      RankingEvaluation evaluation,
      HistoryEncoder encoder,
      ScorerWeights scorer,
      EvaluationSet cases) {
    return evaluation
        .evaluate(
            new ModelRanker("joint", encoder, scorer, Optional.empty()), cases, Progress.none())
        .mean()
        .ndcg();
  }
}
