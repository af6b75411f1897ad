// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.ScorerTraining.Trained;
import org.neuralrescore.trainer.scorer.feature.FeatureSource;
import org.neuralrescore.trainer.scorer.feature.LearnedFeatures;

/**
 * Scorers of one model, fitted to examples of what it learned from: the dot product and the wide
 * part in closed form, networks by epochs. Chooses nothing.
 */
final class ScorerFit {
  /** Enough to see a trend from epoch to epoch; the choice itself is made on more. */
  private static final int STOPPING_USERS = 300;

  private final FactorModel model;
  private final ScorerOptions options;
  private final Workers workers;
  private final long seed;
  private final PartRanking ranking;
  private final PositiveExamples examples;

  /** What scorers read of a request: the values of what the model learned from. */
  private final List<ContextColumn> context;

  /**
   * Makes the examples.
   *
   * @param features that a network may read, the recent vector among them
   * @param workers stay the caller's
   * @param ranking where validation cases are ranked
   */
  ScorerFit(
      FactorModel model,
      ScorerOptions options,
      FeatureSource features,
      Workers workers,
      long seed,
      PartRanking ranking) {
    this.ranking = ranking;
    this.model = model;
    this.options = options;
    this.workers = workers;
    this.seed = seed;
    context = model.learned().context().vocabulary(options.contextMinCount());
    examples =
        ExampleMaking.of(model, context, features.recent(), options.maxExamples(), seed, workers);
  }

  /** The dot product alone, calibrated to log-odds. */
  ScorerWeights dot() {
    Calibration calibration =
        DotCalibration.calibrate(
            examples, model.encoder().items(), negatives(), options.negatives(), random());
    return new ScorerWeights(
        model.encoder().items().rank(),
        calibration.scale(),
        calibration.bias(),
        List.of(),
        new ScorerInputs(List.of(), context));
  }

  /** What histories say and the dot product beside it, in a blend. */
  ScorerWeights linear(WideFit wide, Blend blend) {
    Calibration calibration =
        DotCalibration.calibrate(
            examples,
            model.encoder().items(),
            wide.examples(),
            blend,
            negatives(),
            options.negatives(),
            random());
    return new ScorerWeights(
        model.encoder().items().rank(),
        calibration.scale(),
        calibration.bias(),
        calibration.wide(),
        List.of(),
        new ScorerInputs(List.of(), context).withWide());
  }

  /** Features of a scorer that reads none. */
  ItemFeatures none() {
    return ItemFeatures.none(model.learned().itemCount());
  }

  /** A network after so many epochs. */
  Trained network(int epochs, FeatureSource source, Optional<WideFit> wide, Progress progress) {
    LearnedFeatures learned = source.of(model.learned());
    NetworkTrainer trainer = trainer(source, learned, wide);
    String what = source.isNone() ? "scorer on all" : "scorer + features on all";
    try (Progress.Task task = progress.start(what, epochs)) {
      for (int e = 0; e < epochs; e++) {
        task.note(String.format(Locale.ROOT, "loss %.4f", trainer.epoch()));
        task.advance(1);
      }
    }
    return new Trained(trainer.weights(), learned.served(), wide.map(WideFit::served));
  }

  /** A network at its best epoch, with the course of its training. */
  record BestEpoch(
      ScorerWeights scorer, ItemFeatures features, int epoch, List<EpochRecord> epochs) {}

  /**
   * A network until the validation figure stops rising.
   *
   * @param cutoff k of the NDCG that decides
   */
  BestEpoch stop(
      FeatureSource source,
      Optional<WideFit> wide,
      EvaluationSet validation,
      int cutoff,
      Progress progress) {
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers, ranking);
    EvaluationSet stopping = validation.sample(STOPPING_USERS, random());
    LearnedFeatures learned = source.of(model.learned());
    ItemFeatures served = learned.served();
    NetworkTrainer trainer = trainer(source, learned, wide);
    List<EpochRecord> epochs = new ArrayList<>();
    ScorerWeights best = trainer.weights();
    int bestEpoch = 0;
    double bestNdcg = Double.NEGATIVE_INFINITY;
    String what = source.isNone() ? "scorer" : "scorer + features";
    try (Progress.Task task = progress.start(what, options.epochs())) {
      for (int e = 1; e <= options.epochs() && e - bestEpoch <= options.patience(); e++) {
        double loss = trainer.epoch();
        double ndcg =
            report("scorer", trainer.weights(), served, wide, evaluation, stopping).mean().ndcg();
        epochs.add(new EpochRecord(e, loss, ndcg));
        if (ndcg > bestNdcg) {
          bestNdcg = ndcg;
          bestEpoch = e;
          best = trainer.weights();
        }
        task.advance(1);
        task.note(String.format(Locale.ROOT, "loss %.4f, NDCG@%d %.4f", loss, cutoff, ndcg));
      }
    }
    return new BestEpoch(best, served, bestEpoch, epochs);
  }

  /** The figures of a scorer. */
  RankingReport report(
      String label,
      ScorerWeights scorer,
      ItemFeatures served,
      Optional<WideFit> wide,
      RankingEvaluation evaluation,
      EvaluationSet cases) {
    return evaluation.evaluate(
        new ModelRanker(
            label, model.encoder(), scorer, served, Optional.empty(), wide.map(WideFit::served)),
        cases,
        Progress.none());
  }

  private NetworkTrainer trainer(
      FeatureSource source, LearnedFeatures learned, Optional<WideFit> wide) {
    return new NetworkTrainer(
        examples,
        model.encoder().items(),
        learned,
        context,
        source.recent(),
        wide,
        negatives(),
        options,
        seed,
        workers);
  }

  private NegativeSampler negatives() {
    return new NegativeSampler(model.learned(), options.sampling());
  }

  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
