// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.pipeline.OptionDemands;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What decides a training run, as flags; those that are not given keep the documented defaults. */
final class TrainingFlags {
  /** What has no meaning beside {@code --no-network}. */
  private static final List<String> OF_THE_NETWORK =
      List.of("--hidden", "--epochs", "--learning-rate", "--weight-decay");

  @Spec(Spec.Target.MIXEE)
  CommandSpec mixee;

  @Mixin FactorFlags factors;

  @Mixin RowFlags rows;

  @Mixin FeatureFlags features;

  @Mixin WideFlags wide;

  @Mixin PrivacyFlags privacy;

  @Mixin ScorerFlags scorer;

  @Option(
      names = "--hidden",
      split = ",",
      paramLabel = "N",
      description = "Widths of the scorer's hidden layers; default 64,32.")
  List<Integer> hidden;

  @Option(
      names = "--no-network",
      description = "Train no network: the calibrated dot product ships.")
  boolean noNetwork;

  @Option(
      names = "--context-min-count",
      paramLabel = "N",
      description =
          "A value of a context column that fewer interactions to learn from have is to the network"
              + " what an absent one is; default 20.")
  Integer contextMinCount;

  @Option(names = "--epochs", paramLabel = "N", description = "At most; default 15.")
  Integer epochs;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "How cases are held out: leave-last-out; last-fraction:0.2 of each user; random:0.2 of"
              + " each user, for data without times; global-time:0.1, what is newest of all users;"
              + " user-disjoint:0.1:0.8, users whom training never sees, 0.8 of their history"
              + " folded in; none, where nothing can be held out: all is learned from and the dot"
              + " product ships, not evaluated. Default: leave-last-out.")
  String protocol;

  @Option(
      names = "--cutoff",
      paramLabel = "K",
      description =
          "k of HR@k, NDCG@k and Recall@k, which is hits over all held-out items of a user, not"
              + " over k; default 10.")
  Integer cutoff;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all randomness; default 42. Same data, options and seed: the same bundle.")
  Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Default: all processors. Changes nothing in the result.")
  Integer threads;

  /** Epochs at most, where somebody said how many. */
  OptionalInt epochs() {
    return epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs);
  }

  /** A command line of training flags and nothing else. */
  @Command(name = "train")
  private static final class Alone {
    @Mixin TrainingFlags training;
  }

  /**
   * Flags that nobody typed, read as if somebody had.
   *
   * @param defaults what holds for flags that are not among them
   */
  static TrainingFlags read(List<String> flags, Optional<IDefaultValueProvider> defaults) {
    Alone alone = new Alone();
    CommandLine line = new CommandLine(alone);
    defaults.ifPresent(line::setDefaultValueProvider);
    line.parseArgs(flags.toArray(String[]::new));
    return alone.training;
  }

  /** Leaves the factors to a choice, where none was named and there is something to choose on. */
  void chooseUnlessTold() {
    if (!privacy.differential() && !"none".equals(protocol)) {
      factors.chooseUnlessTold();
    }
  }

  /** For a command that chooses no method. */
  TrainingOptions resolve() {
    if (factors.auto()) {
      throw new UserError(
          USAGE,
          "--factors auto belongs to train and retrain; name a method, for instance by the flags"
              + " that train printed for what it chose");
    }
    return base();
  }

  /** What was given, with the first method where it is left to a choice. */
  TrainingOptions base() {
    try {
      TrainingOptions options = options();
      OptionDemands.require(options);
      return options;
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, e.getMessage(), e);
    }
  }

  /** Takes flags with their values out that say nothing beside {@code --no-network}. */
  static void removeWhatIsOfTheNetwork(List<String> flags) {
    for (String flag : OF_THE_NETWORK) {
      int at = flags.indexOf(flag);
      if (at >= 0) {
        flags.subList(at, at + 2).clear();
      }
    }
  }

  /** What a choice of a method leaves as it is. */
  AutoChoice.Given kept() {
    return new AutoChoice.Given(factors.rank(), rows.recencyGiven());
  }

  /** Refuses what was typed in vain; a project file may have it for other runs. */
  private void requireNetworkFor() {
    ParseResult typed = mixee.commandLine().getParseResult();
    List<String> vain =
        OF_THE_NETWORK.stream().filter(flag -> typed.hasMatchedOption(flag)).toList();
    if (typed.hasMatchedOption("--no-network") && !vain.isEmpty()) {
      throw new UserError(
          USAGE,
          "--no-network trains none, and "
              + String.join(", ", vain)
              + " is about one; leave one of them out");
    }
  }

  private TrainingOptions options() {
    requireNetworkFor();
    TrainingOptions options = TrainingOptions.defaults().withFactors(factors.resolve(privacy));
    boolean nothingHeldOut = "none".equals(protocol);
    boolean plainByDefault =
        (privacy.differential() || nothingHeldOut)
            && hidden == null
            && epochs == null
            && features.resolve().isNone();
    if (noNetwork || plainByDefault) {
      options = options.withScorer(options.scorer().withHidden(List.of()));
    } else if (hidden != null) {
      options = options.withScorer(options.scorer().withHidden(hidden));
    }
    options = options.withScorer(scorer.applyTo(options.scorer()));
    if (contextMinCount != null) {
      options = options.withScorer(options.scorer().withContextMinCount(contextMinCount));
    }
    if (epochs != null) {
      options = options.withScorer(options.scorer().withEpochs(epochs));
    }
    options = options.withWeighting(rows.weighting()).withRows(rows.rows());
    if (cutoff != null) {
      options = options.withCutoff(cutoff);
    }
    if (seed != null) {
      options = options.withSeed(seed);
    }
    if (protocol != null) {
      options = options.withProtocol(SplitProtocol.of(protocol, options.seed()));
    }
    options =
        options
            .withFeatures(features.resolve())
            .withWide(wide.resolve())
            .withPrivacy(privacy.privacy());
    return threads == null ? options : options.withThreads(threads);
  }
}
