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
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.feature.FeatureSource;
import org.neuralrescore.trainer.scorer.feature.LearnedFeatures;
import org.neuralrescore.trainer.wide.WideModel;
import org.neuralrescore.trainer.wide.WideOptions;

/** Trains scorers over finished factors and chooses between them on validation cases. */
public final class ScorerTraining {
  /** Enough to see a trend from epoch to epoch; the choice itself is made on more. */
  private static final int STOPPING_USERS = 300;

  private final ScorerOptions options;
  private final Workers workers;
  private final long seed;
  private final FeatureSource features;
  private final List<WideOptions> wide;

  /** Trains scorers of the factors alone. */
  public ScorerTraining(ScorerOptions options, Workers workers, long seed) {
    this(options, workers, seed, FeatureSource.none(), List.of());
  }

  /**
   * Trains with its options, on some threads that stay the caller's.
   *
   * @param seed of examples, negatives, initial weights and order
   * @param features that a network may read beside the factors, the recent vector among them
   * @param wide how what the histories say is learned, where scorers may read it: of several ways
   *     the best on validation cases
   */
  public ScorerTraining(
      ScorerOptions options,
      Workers workers,
      long seed,
      FeatureSource features,
      List<WideOptions> wide) {
    this.wide = List.copyOf(wide);
    this.options = options;
    this.workers = workers;
    this.seed = seed;
    this.features = features;
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
   * Trains until the validation figure stops rising and compares the best epoch with what would
   * ship without: the plain dot product or, where histories are asked, the best of that, of what
   * they say and of both. Where features were asked for, then trains a network that reads them,
   * too, and compares it with the winner.
   *
   * @param model positives come from what it learned from and from nowhere else
   * @param validation cases to stop and choose on
   * @param cutoff k of the NDCG that decides
   */
  public Outcome choose(
      FactorModel model, EvaluationSet validation, int cutoff, Progress progress) {
    if (options.hidden().isEmpty() && wide.isEmpty()) {
      return new Outcome(ScorerChoice.dotByOption(), List.of());
    }
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    EvaluationSet cases = validation.sample(options.validationUsers(), new SplittableRandom(seed));
    PositiveExamples examples = examples(model);
    Optional<WideChoice> how =
        wide.isEmpty()
            ? Optional.empty()
            : Optional.of(WideChoice.of(wide, model, evaluation, cases, workers, progress));
    Optional<Told> told = told(how, model, progress);
    if (told.isPresent()) {
      Blend blend = Blend.best(model, told.get(), evaluation, cases, progress);
      how = how.map(way -> way.in(blend));
      told = told.map(of -> of.in(blend));
    }
    LinearChoice linear = linear(evaluation, model, examples, told, cases);
    if (options.hidden().isEmpty()) {
      return new Outcome(ScorerChoice.of(linear).with(how.orElseThrow()), List.of());
    }
    Stopped network =
        stop(model, examples, FeatureSource.none(), told, validation, cutoff, progress);
    RankingReport without = report("the network", evaluation, model, network, told, cases);
    ScorerChoice ofNetwork =
        ScorerChoice.of(
            linear,
            options.selection(),
            network.epoch,
            Choice.among(List.of(linear.shipped(), without), seed));
    ScorerChoice choice = how.map(ofNetwork::with).orElse(ofNetwork);
    if (features.isNone()) {
      return new Outcome(choice, network.epochs);
    }
    Stopped informed = stop(model, examples, features, told, validation, cutoff, progress);
    RankingReport with = report("with features", evaluation, model, informed, told, cases);
    RankingReport shipped =
        choice.variant() == ScorerChoice.Variant.NETWORK ? without : linear.shipped();
    Choice over = Choice.among(List.of(shipped, with), seed);
    FeatureChoice reads =
        new FeatureChoice(
            features.labels(),
            over.beaten(),
            informed.epoch,
            network.epoch,
            with.mean().ndcg(),
            without.mean().ndcg(),
            PairedBootstrap.compare(with, without, CaseMetrics::ndcg, seed),
            over.lead());
    return new Outcome(choice.with(reads), reads.ships() ? informed.epochs : network.epochs);
  }

  /**
   * A network of the factors alone at its best epoch, chosen or not.
   *
   * @param validation cases to stop on
   * @param cutoff k of the NDCG that decides when to stop
   */
  public Trained network(
      FactorModel model, EvaluationSet validation, int cutoff, Progress progress) {
    FeatureSource none = FeatureSource.none();
    Stopped best =
        stop(model, examples(model), none, Optional.empty(), validation, cutoff, progress);
    return new Trained(best.scorer, best.features);
  }

  /** A network at its best epoch, with the course of its training. */
  private record Stopped(
      ScorerWeights scorer, ItemFeatures features, int epoch, List<EpochRecord> epochs) {}

  private Stopped stop(
      FactorModel model,
      PositiveExamples examples,
      FeatureSource source,
      Optional<Told> told,
      EvaluationSet validation,
      int cutoff,
      Progress progress) {
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    EvaluationSet stopping = validation.sample(STOPPING_USERS, new SplittableRandom(seed));
    LearnedFeatures learned = source.of(model.learned());
    ItemFeatures served = learned.served();
    NetworkTrainer trainer = trainer(model, examples, source, learned, told);
    List<EpochRecord> epochs = new ArrayList<>();
    ScorerWeights best = trainer.weights();
    int bestEpoch = 0;
    double bestNdcg = Double.NEGATIVE_INFINITY;
    String what = source.isNone() ? "scorer" : "scorer + features";
    try (Progress.Task task = progress.start(what, options.epochs())) {
      for (int e = 1; e <= options.epochs() && e - bestEpoch <= options.patience(); e++) {
        double loss = trainer.epoch();
        double ndcg =
            report("scorer", evaluation, model, trainer.weights(), served, told, stopping)
                .mean()
                .ndcg();
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
    return new Stopped(best, served, bestEpoch, epochs);
  }

  private static ItemFeatures none(FactorModel model) {
    return ItemFeatures.none(model.learned().itemCount());
  }

  private static RankingReport report(
      String label,
      RankingEvaluation evaluation,
      FactorModel model,
      Stopped network,
      Optional<Told> told,
      EvaluationSet cases) {
    return report(label, evaluation, model, network.scorer, network.features, told, cases);
  }

  /** The scorers without a network beside each other. */
  private LinearChoice linear(
      RankingEvaluation evaluation,
      FactorModel model,
      PositiveExamples examples,
      Optional<Told> told,
      EvaluationSet cases) {
    ItemFeatures none = none(model);
    RankingReport dot =
        report("the dot product", evaluation, model, dot(model, examples), none, told, cases);
    if (told.isEmpty()) {
      return LinearChoice.of(dot);
    }
    ScorerWeights alone = linear(model, examples, told.get(), Blend.WIDE_ALONE);
    ScorerWeights both = linear(model, examples, told.get(), told.get().blend());
    return LinearChoice.of(
        dot,
        report("the wide part", evaluation, model, alone, none, told, cases),
        report("the wide part with the dot product", evaluation, model, both, none, told, cases),
        seed);
  }

  private ScorerWeights linear(
      FactorModel model, PositiveExamples examples, Told told, Blend blend) {
    return told.linear(model, examples, blend, options, context(model), seed);
  }

  private Optional<Told> told(Optional<WideChoice> how, FactorModel model, Progress progress) {
    return how.map(choice -> Told.learn(model, choice, workers, progress));
  }

  private static RankingReport report(
      String label,
      RankingEvaluation evaluation,
      FactorModel model,
      ScorerWeights scorer,
      ItemFeatures served,
      Optional<Told> told,
      EvaluationSet cases) {
    return evaluation.evaluate(
        new ModelRanker(
            label, model.encoder(), scorer, served, Optional.empty(), told.map(Told::served)),
        cases,
        Progress.none());
  }

  /**
   * A scorer with what it reads.
   *
   * @param features of the items as served, no blocks where it reads none
   * @param wide what histories say, there where it reads that
   */
  public record Trained(ScorerWeights scorer, ItemFeatures features, Optional<WideModel> wide) {
    /** One that does not read what histories say. */
    public Trained(ScorerWeights scorer, ItemFeatures features) {
      this(scorer, features, Optional.empty());
    }

    /** Whether it reads what was asked for with {@code --features} and {@code --recent}. */
    public boolean readsFeatures() {
      return !features.blocks().isEmpty() || scorer.inputs().recent().isPresent();
    }
  }

  /**
   * The scorer that was chosen and what it is compared with.
   *
   * @param chosen ships
   * @param dot the dot product: the chosen one where that was chosen
   * @param otherwise where features were asked for, the network with features if they do not ship,
   *     without them if they do
   * @param linear what histories say and the dot product without a network, there where that was
   *     asked for
   */
  public record Scorers(
      Trained chosen, ScorerWeights dot, Optional<Trained> otherwise, Optional<Trained> linear) {}

  /** The chosen scorer, afresh over a model for its number of epochs, and the dot product. */
  public Scorers both(ScorerChoice choice, FactorModel model, Progress progress) {
    PositiveExamples examples = examples(model);
    Optional<Told> told = told(choice.wide(), model, progress);
    return new Scorers(
        train(choice, model, examples, told, progress),
        dot(model, examples),
        choice
            .features()
            .map(
                reads ->
                    network(
                        reads.ships() ? reads.networkEpochs() : reads.epochs(),
                        reads.ships() ? FeatureSource.none() : features,
                        model,
                        examples,
                        told,
                        progress)),
        told.map(of -> linear(model, examples, of)));
  }

  private Trained linear(FactorModel model, PositiveExamples examples, Told told) {
    return new Trained(
        linear(model, examples, told, told.blend()), none(model), Optional.of(told.served()));
  }

  /** Trains the chosen scorer afresh over a model for its number of epochs. */
  public Trained train(ScorerChoice choice, FactorModel model, Progress progress) {
    return train(choice, model, examples(model), told(choice.wide(), model, progress), progress);
  }

  private Trained train(
      ScorerChoice choice,
      FactorModel model,
      PositiveExamples examples,
      Optional<Told> told,
      Progress progress) {
    return switch (choice.variant()) {
      case DOT -> new Trained(dot(model, examples), none(model));
      case WIDE ->
          new Trained(
              linear(model, examples, told.orElseThrow(), Blend.WIDE_ALONE),
              none(model),
              told.map(Told::served));
      case BOTH -> linear(model, examples, told.orElseThrow());
      case NETWORK -> network(choice.epochs(), read(choice), model, examples, told, progress);
    };
  }

  private FeatureSource read(ScorerChoice choice) {
    return choice.readsFeatures() ? features : FeatureSource.none();
  }

  private Trained network(
      int epochs,
      FeatureSource source,
      FactorModel model,
      PositiveExamples examples,
      Optional<Told> told,
      Progress progress) {
    LearnedFeatures learned = source.of(model.learned());
    NetworkTrainer trainer = trainer(model, examples, source, learned, told);
    String what = source.isNone() ? "scorer on all" : "scorer + features on all";
    try (Progress.Task task = progress.start(what, epochs)) {
      for (int e = 0; e < epochs; e++) {
        task.note(String.format(Locale.ROOT, "loss %.4f", trainer.epoch()));
        task.advance(1);
      }
    }
    return new Trained(trainer.weights(), learned.served(), told.map(Told::served));
  }

  private NetworkTrainer trainer(
      FactorModel model,
      PositiveExamples examples,
      FeatureSource source,
      LearnedFeatures learned,
      Optional<Told> told) {
    return new NetworkTrainer(
        examples,
        model.encoder().items(),
        learned,
        context(model),
        source.recent(),
        told,
        new NegativeSampler(model.learned(), options.sampling()),
        options,
        seed,
        workers);
  }

  private PositiveExamples examples(FactorModel model) {
    return ExampleMaking.of(
        model, context(model), features.recent(), options.maxExamples(), seed, workers);
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
