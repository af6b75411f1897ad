// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.ScorerFit.BestEpoch;
import org.neuralrescore.trainer.scorer.feature.FeatureSource;
import org.neuralrescore.trainer.wide.WideModel;
import org.neuralrescore.trainer.wide.WideOptions;

/** Trains scorers over finished factors and chooses between them on validation cases. */
public final class ScorerTraining {
  /**
   * Cases that tell a blend from its parts, which are near to each other: of a sparse catalogue
   * 2,000 took one for better that was surely worse on test cases.
   */
  private static final int LINEAR_CASES = 10_000;

  /** Fewer of them where a ranking would take more scores than that: half a minute. */
  private static final long LINEAR_SCORES = 600_000_000L;

  private final ScorerOptions options;
  private final Workers workers;
  private final long seed;
  private final FeatureSource features;
  private final List<WideOptions> ways;
  private final PartRanking ranking;

  /** Trains scorers of the factors alone. */
  public ScorerTraining(ScorerOptions options, Workers workers, long seed) {
    this(options, workers, seed, FeatureSource.none(), List.of(), PartRanking.here());
  }

  /**
   * Trains with its options, on some threads that stay the caller's.
   *
   * @param seed of examples, negatives, initial weights and order
   * @param features that a network may read beside the factors, the recent vector among them
   * @param ways how what the histories say is learned, where scorers may read it: of several ways
   *     the best on validation cases
   * @param ranking where validation cases are ranked
   */
  public ScorerTraining(
      ScorerOptions options,
      Workers workers,
      long seed,
      FeatureSource features,
      List<WideOptions> ways,
      PartRanking ranking) {
    this.ranking = ranking;
    this.ways = List.copyOf(ways);
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
    if (options.hidden().isEmpty() && ways.isEmpty()) {
      return new Outcome(ScorerChoice.dotByOption(), List.of());
    }
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers, ranking);
    EvaluationSet cases = validation.sample(options.validationUsers(), new SplittableRandom(seed));
    ScorerFit fit = fit(model);
    Optional<WideChoice> how =
        ways.isEmpty()
            ? Optional.empty()
            : Optional.of(WideChoice.of(ways, model, evaluation, cases, workers, progress));
    Optional<WideFit> wide = wide(how, model, progress);
    EvaluationSet many =
        wide.isPresent()
            ? validation.sample(linearCases(validation), new SplittableRandom(seed))
            : cases;
    if (wide.isPresent()) {
      Blend blend = Blend.best(model, wide.get(), evaluation, cases, many, progress);
      how = how.map(way -> way.in(blend));
      wide = wide.map(of -> of.in(blend));
    }
    LinearChoice linear = linear(fit, wide, evaluation, many);
    if (options.hidden().isEmpty()) {
      return new Outcome(ScorerChoice.of(linear).with(how.orElseThrow()), List.of());
    }
    FeatureSource none = FeatureSource.none();
    BestEpoch network = fit.stop(none, wide, validation, cutoff, progress);
    RankingReport linearly = linearly(linear, fit, wide, evaluation, cases);
    RankingReport without =
        fit.report("the network", network.scorer(), network.features(), wide, evaluation, cases);
    ScorerChoice ofNetwork =
        ScorerChoice.of(
            linear,
            options.selection(),
            network.epoch(),
            Choice.among(List.of(linearly, without), seed));
    ScorerChoice choice = how.map(ofNetwork::with).orElse(ofNetwork);
    if (features.isNone()) {
      return new Outcome(choice, network.epochs());
    }
    BestEpoch informed = fit.stop(features, wide, validation, cutoff, progress);
    RankingReport with =
        fit.report(
            "with features", informed.scorer(), informed.features(), wide, evaluation, cases);
    RankingReport shipped = choice.variant() == ScorerChoice.Variant.NETWORK ? without : linearly;
    Choice over = Choice.among(List.of(shipped, with), seed);
    FeatureChoice reads =
        new FeatureChoice(
            features.labels(),
            over.beaten(),
            informed.epoch(),
            network.epoch(),
            with.mean().ndcg(),
            without.mean().ndcg(),
            PairedBootstrap.compare(with, without, CaseMetrics::ndcg, seed),
            over.lead());
    return new Outcome(choice.with(reads), reads.ships() ? informed.epochs() : network.epochs());
  }

  private int linearCases(EvaluationSet validation) {
    long affordable = LINEAR_SCORES / Math.max(1, validation.seen().itemCount());
    return (int) Math.max(options.validationUsers(), Math.min(LINEAR_CASES, affordable));
  }

  /** The scorers without a network beside each other. */
  private LinearChoice linear(
      ScorerFit fit, Optional<WideFit> wide, RankingEvaluation evaluation, EvaluationSet cases) {
    ItemFeatures none = fit.none();
    RankingReport dot = fit.report("the dot product", fit.dot(), none, wide, evaluation, cases);
    if (wide.isEmpty()) {
      return LinearChoice.of(dot);
    }
    ScorerWeights alone = fit.linear(wide.get(), Blend.WIDE_ALONE);
    ScorerWeights both = fit.linear(wide.get(), wide.get().blend());
    return LinearChoice.of(
        dot,
        fit.report("the wide part", alone, none, wide, evaluation, cases),
        fit.report("the wide part with the dot product", both, none, wide, evaluation, cases),
        seed);
  }

  /** What would ship without a network, on the cases that a network is asked. */
  private static RankingReport linearly(
      LinearChoice linear,
      ScorerFit fit,
      Optional<WideFit> wide,
      RankingEvaluation evaluation,
      EvaluationSet cases) {
    if (linear.shipped().cases().size() == cases.size()) {
      return linear.shipped();
    }
    ScorerWeights scorer = linear(linear.variant(), fit, wide).scorer();
    return fit.report(linear.shipped().label(), scorer, fit.none(), wide, evaluation, cases);
  }

  /**
   * A network of the factors alone at its best epoch, chosen or not.
   *
   * @param validation cases to stop on
   * @param cutoff k of the NDCG that decides when to stop
   */
  public Trained network(
      FactorModel model, EvaluationSet validation, int cutoff, Progress progress) {
    BestEpoch best =
        fit(model).stop(FeatureSource.none(), Optional.empty(), validation, cutoff, progress);
    return new Trained(best.scorer(), best.features());
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

  /**
   * The chosen scorer, afresh over a model for its number of epochs, and the dot product.
   *
   * @param model of all that the chosen scorer is measured beside
   * @param shipped of the chosen scorer: the same, or one of fewer factors where it reads none
   */
  public Scorers both(
      ScorerChoice choice, FactorModel model, FactorModel shipped, Progress progress) {
    ScorerFit fit = fit(model);
    Optional<WideFit> wide = wide(choice.wide(), model, progress);
    return new Scorers(
        train(choice, fit(shipped), wide, progress),
        fit.dot(),
        choice
            .features()
            .map(
                reads ->
                    fit.network(
                        reads.ships() ? reads.networkEpochs() : reads.epochs(),
                        reads.ships() ? FeatureSource.none() : features,
                        wide,
                        progress)),
        wide.map(of -> linear(fit, of, of.blend())));
  }

  /** Trains the chosen scorer afresh over a model for its number of epochs. */
  public Trained train(ScorerChoice choice, FactorModel model, Progress progress) {
    return train(choice, fit(model), wide(choice.wide(), model, progress), progress);
  }

  private Trained train(
      ScorerChoice choice, ScorerFit fit, Optional<WideFit> wide, Progress progress) {
    return choice.variant() == ScorerChoice.Variant.NETWORK
        ? fit.network(
            choice.epochs(),
            choice.readsFeatures() ? features : FeatureSource.none(),
            wide,
            progress)
        : linear(choice.variant(), fit, wide);
  }

  /** What ships without a network. */
  private static Trained linear(
      ScorerChoice.Variant variant, ScorerFit fit, Optional<WideFit> wide) {
    return switch (variant) {
      case DOT -> new Trained(fit.dot(), fit.none());
      case WIDE -> linear(fit, wide.orElseThrow(), Blend.WIDE_ALONE);
      case BOTH -> linear(fit, wide.orElseThrow(), wide.orElseThrow().blend());
      case NETWORK -> throw new IllegalArgumentException("a network is not linear");
    };
  }

  private static Trained linear(ScorerFit fit, WideFit wide, Blend blend) {
    return new Trained(fit.linear(wide, blend), fit.none(), Optional.of(wide.served()));
  }

  private Optional<WideFit> wide(Optional<WideChoice> how, FactorModel model, Progress progress) {
    return how.map(choice -> WideFit.learn(model, choice, workers, progress));
  }

  private ScorerFit fit(FactorModel model) {
    return new ScorerFit(model, options, features, workers, seed, ranking);
  }

  /** The dot product alone, calibrated to log-odds. */
  public ScorerWeights dot(FactorModel model) {
    return fit(model).dot();
  }
}
