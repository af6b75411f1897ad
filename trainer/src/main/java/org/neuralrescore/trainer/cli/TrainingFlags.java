package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.UserError.Kind.USAGE;

import java.util.List;
import org.neuralrescore.trainer.UserError;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.RowScheme;
import org.neuralrescore.trainer.dataset.SplitProtocol;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import picocli.CommandLine.Option;

/** What decides a training run, as flags; those that are not given keep the documented defaults. */
final class TrainingFlags {
  @Option(names = "--rank", paramLabel = "K", description = "Factors; default 64.")
  Integer rank;

  @Option(
      names = "--alpha0",
      paramLabel = "X",
      description = "Weight of what was not touched, beside 1 for what was; default 0.1.")
  Double alpha0;

  @Option(
      names = "--lambda",
      paramLabel = "X",
      description = "Regularisation a unit of weight; default 0.01.")
  Double lambda;

  @Option(names = "--sweeps", paramLabel = "N", description = "Alternations; default 16.")
  Integer sweeps;

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

  @Option(names = "--epochs", paramLabel = "N", description = "At most; default 15.")
  Integer epochs;

  @Option(
      names = "--recency-days",
      paramLabel = "D",
      description =
          "Weigh a history by floor + (1 - floor) exp(-age / D days), age counted back from its"
              + " last interaction; default: all the same.")
  Double recencyDays;

  @Option(
      names = "--recency-floor",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "What the oldest interaction still weighs; default ${DEFAULT-VALUE}.")
  double recencyFloor;

  @Option(
      names = "--session-days",
      paramLabel = "D",
      description =
          "Factorise a row a session (what a user did within D days) beside the row a user; default:"
              + " none.")
  Double sessionDays;

  @Option(
      names = "--encoder-alpha0",
      paramLabel = "X",
      description = "Weight of what was not touched in the user encoder; default --alpha0.")
  Double encoderAlpha0;

  @Option(
      names = "--encoder-lambda",
      paramLabel = "X",
      description = "Regularisation in the user encoder; default --lambda.")
  Double encoderLambda;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "How cases are held out: leave-last-out; last-fraction:0.2 of each user; global-time:0.1,"
              + " what is newest of all users; user-disjoint:0.1:0.8, users whom training never sees,"
              + " 0.8 of their history folded in. Default: leave-last-out.")
  String protocol;

  @Option(
      names = "--cutoff",
      paramLabel = "K",
      description = "k of HR@k, NDCG@k and Recall@k; default 10.")
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

  TrainingOptions resolve() {
    try {
      return options();
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, e.getMessage(), e);
    }
  }

  private TrainingOptions options() {
    TrainingOptions options = TrainingOptions.defaults();
    if (rank != null) {
      options = options.withFactors(options.factors().withRank(rank));
    }
    if (alpha0 != null) {
      options = options.withFactors(options.factors().withAlpha0(alpha0));
    }
    if (lambda != null) {
      options = options.withFactors(options.factors().withLambda(lambda));
    }
    if (sweeps != null) {
      options = options.withFactors(options.factors().withSweeps(sweeps));
    }
    if (noNetwork) {
      options = options.withScorer(options.scorer().withHidden(List.of()));
    } else if (hidden != null) {
      options = options.withScorer(options.scorer().withHidden(hidden));
    }
    if (epochs != null) {
      options = options.withScorer(options.scorer().withEpochs(epochs));
    }
    if (recencyDays != null) {
      options = options.withWeighting(new HistoryWeighting(recencyFloor, recencyDays));
    }
    if (sessionDays != null) {
      options = options.withRows(RowScheme.usersAndSessions(sessionDays));
    }
    if (encoderAlpha0 != null || encoderLambda != null) {
      options =
          options.withEncoderLoss(
              encoderAlpha0 == null ? options.factors().alpha0() : encoderAlpha0,
              encoderLambda == null ? options.factors().lambda() : encoderLambda);
    }
    if (cutoff != null) {
      options = options.withCutoff(cutoff);
    }
    if (seed != null) {
      options = options.withSeed(seed);
    }
    if (protocol != null) {
      options = options.withProtocol(SplitProtocol.of(protocol, options.seed()));
    }
    return threads == null ? options : options.withThreads(threads);
  }
}
