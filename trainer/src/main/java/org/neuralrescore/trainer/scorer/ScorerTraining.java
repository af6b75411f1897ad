package org.neuralrescore.trainer.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.dataset.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.feature.FeatureSource;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.nmf.FactorModel;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

/** Trains scorers over finished factors and chooses between them on validation cases. */
public final class ScorerTraining {
  /** Enough to see a trend from epoch to epoch; the choice itself is made on more. */
  private static final int STOPPING_USERS = 300;

  private final ScorerOptions options;
  private final Workers workers;
  private final long seed;

  /**
   * Trains with its options, on some threads that stay the caller's.
   *
   * @param seed of examples, negatives, initial weights and order
   */
  public ScorerTraining(ScorerOptions options, Workers workers, long seed) {
    this.options = options;
    this.workers = workers;
    this.seed = seed;
  }

  /**
   * A finished choice.
   *
   * @param choice which scorer won on validation, and after how many epochs
   * @param epochs the course of the training, empty where no network was asked for
   */
  public record Outcome(ScorerChoice choice, List<EpochRecord> epochs) {
    public Outcome {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * Trains until the validation figure stops rising and compares the best epoch with the plain dot
   * product.
   *
   * @param model positives come from what it learned from and from nowhere else
   * @param validation cases to stop and choose on
   * @param cutoff k of the NDCG that decides
   */
  public Outcome choose(
      FactorModel model, EvaluationSet validation, int cutoff, Progress progress) {
    if (options.hidden().isEmpty()) {
      return new Outcome(ScorerChoice.dotByOption(), List.of());
    }
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    EvaluationSet stopping = validation.sample(STOPPING_USERS, new SplittableRandom(seed));
    PositiveExamples examples = examples(model);
    NetworkTrainer trainer = trainer(model, examples);
    List<EpochRecord> epochs = new ArrayList<>();
    ScorerWeights best = trainer.weights();
    int bestEpoch = 0;
    double bestNdcg = Double.NEGATIVE_INFINITY;
    try (Progress.Task task = progress.start("scorer", options.epochs())) {
      for (int e = 1; e <= options.epochs() && e - bestEpoch <= options.patience(); e++) {
        double loss = trainer.epoch();
        double ndcg = report(evaluation, model, trainer.weights(), stopping).mean().ndcg();
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
    EvaluationSet cases = validation.sample(options.validationUsers(), new SplittableRandom(seed));
    RankingReport network = report(evaluation, model, best, cases);
    RankingReport dot = report(evaluation, model, dot(model, examples), cases);
    PairedBootstrap gain = PairedBootstrap.compare(network, dot, CaseMetrics::ndcg, seed);
    return new Outcome(
        ScorerChoice.of(
            options.selection(), bestEpoch, network.mean().ndcg(), dot.mean().ndcg(), gain),
        epochs);
  }

  private RankingReport report(
      RankingEvaluation evaluation, FactorModel model, ScorerWeights scorer, EvaluationSet cases) {
    return evaluation.evaluate(
        new ModelRanker("scorer", model.encoder(), scorer, Optional.empty()),
        cases,
        Progress.none());
  }

  /**
   * The scorer that was chosen and the dot product beside it; one where that was chosen.
   *
   * @param chosen ships
   * @param dot is compared with it
   */
  public record Scorers(ScorerWeights chosen, ScorerWeights dot) {}

  /** The chosen scorer, afresh over a model for its number of epochs, and the dot product. */
  public Scorers both(ScorerChoice choice, FactorModel model, Progress progress) {
    PositiveExamples examples = examples(model);
    ScorerWeights dot = dot(model, examples);
    return choice.variant() == ScorerChoice.Variant.DOT
        ? new Scorers(dot, dot)
        : new Scorers(network(choice, model, examples, progress), dot);
  }

  /** Trains the chosen scorer afresh over a model for its number of epochs. */
  public ScorerWeights train(ScorerChoice choice, FactorModel model, Progress progress) {
    return choice.variant() == ScorerChoice.Variant.DOT
        ? dot(model)
        : network(choice, model, examples(model), progress);
  }

  private ScorerWeights network(
      ScorerChoice choice, FactorModel model, PositiveExamples examples, Progress progress) {
    NetworkTrainer trainer = trainer(model, examples);
    try (Progress.Task task = progress.start("scorer on all", choice.epochs())) {
      for (int e = 0; e < choice.epochs(); e++) {
        task.note(String.format(Locale.ROOT, "loss %.4f", trainer.epoch()));
        task.advance(1);
      }
    }
    return trainer.weights();
  }

  private NetworkTrainer trainer(FactorModel model, PositiveExamples examples) {
    return new NetworkTrainer(
        examples,
        model.encoder().items(),
        FeatureSource.none().of(model.learned()),
        context(model),
        new NegativeSampler(model.learned(), options.sampling()),
        options,
        seed,
        workers);
  }

  private PositiveExamples examples(FactorModel model) {
    return ExampleMaking.of(model, context(model), options.maxExamples(), seed, workers);
  }

  /** What scorers over a model read of a request: the values of what the model learned from. */
  private List<ContextColumn> context(FactorModel model) {
    return model.learned().context().vocabulary(options.contextMinCount());
  }

  /** The dot product alone, calibrated to log-odds. */
  public ScorerWeights dot(FactorModel model) {
    return dot(model, examples(model));
  }

  private ScorerWeights dot(FactorModel model, PositiveExamples examples) {
    Calibration calibration =
        DotCalibration.calibrate(
            examples,
            model.encoder().items(),
            new NegativeSampler(model.learned(), options.sampling()),
            options.negatives(),
            new SplittableRandom(seed));
    return new ScorerWeights(
        model.encoder().items().rank(),
        calibration.scale(),
        calibration.bias(),
        List.of(),
        new ScorerInputs(List.of(), context(model)));
  }
}
