package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.UserError.Kind.USAGE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.UserError;
import org.neuralrescore.trainer.dataset.CellValues;
import org.neuralrescore.trainer.dataset.CoreRule;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.RowScheme;
import org.neuralrescore.trainer.dataset.SplitProtocol;
import org.neuralrescore.trainer.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.nmf.FactorMethod;
import org.neuralrescore.trainer.nmf.SolverOptions;
import org.neuralrescore.trainer.nmf.solver.Initialisation;
import org.neuralrescore.trainer.nmf.solver.Penalty;
import org.neuralrescore.trainer.pipeline.PrivacyOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.privacy.DifferentialPrivacy;
import org.neuralrescore.trainer.privacy.GaussianNoise;
import org.neuralrescore.trainer.session.SessionOptions;
import picocli.CommandLine.Option;

/** What decides a training run, as flags; those that are not given keep the documented defaults. */
final class TrainingFlags {
  private static final int BLOCK = 64;
  private static final int CLASSICAL_SWEEPS = 50;
  private static final int DP_SWEEPS = 4;
  private static final double DP_DELTA = 1e-6;
  private static final int DP_CLIP_INTERACTIONS = 50;

  @Option(names = "--rank", paramLabel = "K", description = "Factors; default 64.")
  Integer rank;

  @Option(
      names = "--factors",
      paramLabel = "METHOD",
      description =
          "Loss and solver of the factors: implicit-als, ials++, neighbours, session-softmax, kl-cd, kl-mu,"
              + " a-hals, hals, anls or mu ('train --help' says what each is); default implicit-als. The user encoder is"
              + " the fold-in of the same loss.")
  String method;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "Factors that ials++ solves for at once; default 64.")
  Integer block;

  @Option(
      names = "--l1",
      paramLabel = "X",
      description =
          "What a unit of every factor costs; kl-..., hals, anls and mu alone; default 0.")
  Double l1;

  @Option(
      names = "--l2",
      paramLabel = "X",
      description = "What half a square of every factor costs; likewise; default 0.")
  Double l2;

  @Option(
      names = "--start",
      paramLabel = "random|nndsvd|nndsvda",
      description = "Where factors begin; likewise; default random.")
  Initialisation start;

  @Option(
      names = "--neighbours",
      paramLabel = "N",
      description = "Items that may speak for an item in --factors neighbours; default 50.")
  Integer neighbours;

  @Option(
      names = "--neighbour-lambda",
      paramLabel = "X",
      description =
          "Interactions at which an item is believed by half in --factors neighbours; default 30.")
  Double neighbourLambda;

  @Option(
      names = "--mask",
      paramLabel = "X",
      description =
          "Share of a session that --factors session-softmax hides and asks for; default 0.5.")
  Double mask;

  @Option(
      names = "--shrinkage",
      paramLabel = "X",
      description =
          "Users at whom an item speaks with half its voice in --factors session-softmax; default"
              + " 30.")
  Double shrinkage;

  @Option(
      names = "--factor-rate",
      paramLabel = "X",
      description = "Learning rate of --factors session-softmax at its height; default 0.02.")
  Double factorRate;

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

  @Option(
      names = "--sweeps",
      paramLabel = "N",
      description =
          "Alternations; default 16, epochs of session-softmax 20, for kl-..., hals, anls and mu at most 50: they stop once a sweep"
              + " gains less than a ten-thousandth; under --dp-epsilon 4.")
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
      names = "--values",
      paramLabel = "one|rating|count|log_count",
      description =
          "What an interaction weighs in the matrix and in its user's history: 1, its rating over the"
              + " largest, its count of lines, or 1 + log of that; default one. Joint and multi-task"
              + " training take 1 in their own loss.")
  CellValues values;

  @Option(
      names = "--half-life-days",
      paramLabel = "D",
      description = "Halve the weight of an interaction in the matrix every D days; default: none.")
  Double halfLifeDays;

  @Option(
      names = "--min-interactions-per-user",
      paramLabel = "N",
      description =
          "Learn from the core alone in which every user has N interactions and every item those of"
              + " the next flag, found behind the split; the others are folded in. Default 1.")
  Integer minPerUser;

  @Option(
      names = "--min-interactions-per-item",
      paramLabel = "N",
      description = "Likewise for items; those outside get no factors. Default 1.")
  Integer minPerItem;

  @Option(
      names = "--min-users-per-item",
      paramLabel = "N",
      description =
          "Privacy: an item touched by fewer users gets no factors, as one that nobody touched;"
              + " default 1. Its id stays in the bundle.")
  Integer minUsersPerItem;

  @Option(
      names = "--no-user-vectors",
      description =
          "Privacy: leave users' ids and vectors out of the bundle and so out of the users index;"
              + " searches then give a history, which the encoder turns into a vector.")
  boolean noUserVectors;

  @Option(
      names = "--dp-epsilon",
      paramLabel = "X",
      description =
          "Privacy: item factors that keep user-level (epsilon, delta)-differential privacy (Chien et"
              + " al. 2021), ranked by the dot product, without user vectors. Wants a public"
              + " catalogue. Figures, the report page and options chosen on the data are not"
              + " covered; see the README.")
  Double dpEpsilon;

  @Option(
      names = "--dp-delta",
      paramLabel = "X",
      description = "Well below one over the number of users; default 1e-6.")
  Double dpDelta;

  @Option(
      names = "--dp-clip-interactions",
      paramLabel = "N",
      description = "How many interactions of a user count; default 50.")
  Integer dpClipInteractions;

  @Option(
      names = "--dp-clip-norm",
      paramLabel = "X",
      description = "What a user vector's length is cut to; default 1.")
  Double dpClipNorm;

  @Option(
      names = "--dp-noise-secret",
      paramLabel = "TEXT",
      description =
          "Of the noise, to repeat a run. Whoever knows it can take the noise away: default drawn"
              + " afresh and told to nobody.")
  String dpNoiseSecret;

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
    options = options.withSolver(solver());
    if (options.solver().method() == FactorMethod.IALS_PLUS_PLUS) {
      options = options.withFactors(options.factors().withBlock(block == null ? BLOCK : block));
    } else if (block != null) {
      throw new IllegalArgumentException("--block belongs to --factors ials++");
    }
    if (!options.solver().implicit()) {
      if (alpha0 != null || lambda != null) {
        throw new IllegalArgumentException(
            "--alpha0 and --lambda belong to implicit-als and ials++; --factors "
                + method
                + (options.solver().method() == FactorMethod.SESSION_SOFTMAX
                    ? " takes --mask and --shrinkage"
                    : " takes --l1 and --l2"));
      }
      options =
          options.withFactors(
              options
                  .factors()
                  .withSweeps(
                      options.solver().method() == FactorMethod.SESSION_SOFTMAX
                          ? options.solver().sessions().epochs()
                          : CLASSICAL_SWEEPS));
    }
    if (dpEpsilon != null) {
      // Every sweep costs: few good ones tell more than many noisy ones.
      options = options.withFactors(options.factors().withSweeps(DP_SWEEPS));
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
    if (dpEpsilon != null && hidden == null && epochs == null) {
      options = options.withScorer(options.scorer().withHidden(List.of()));
    } else if (noNetwork) {
      options = options.withScorer(options.scorer().withHidden(List.of()));
    } else if (hidden != null) {
      options = options.withScorer(options.scorer().withHidden(hidden));
    }
    if (epochs != null) {
      options = options.withScorer(options.scorer().withEpochs(epochs));
    }
    options = options.withWeighting(weighting()).withRows(rows());
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
    options = options.withPrivacy(privacy());
    return threads == null ? options : options.withThreads(threads);
  }

  private PrivacyOptions privacy() {
    if (dpEpsilon == null) {
      if (dpDelta != null
          || dpClipInteractions != null
          || dpClipNorm != null
          || dpNoiseSecret != null) {
        throw new IllegalArgumentException("--dp-... belong to --dp-epsilon, which is not given");
      }
      return noUserVectors
          ? new PrivacyOptions(PrivacyOptions.UserVectors.FOLDED_IN, Optional.empty())
          : PrivacyOptions.defaults();
    }
    return PrivacyOptions.differential(
        new DifferentialPrivacy(
            dpEpsilon,
            dpDelta == null ? DP_DELTA : dpDelta,
            dpClipNorm == null ? 1 : dpClipNorm,
            dpClipInteractions == null ? DP_CLIP_INTERACTIONS : dpClipInteractions,
            dpNoiseSecret == null ? GaussianNoise.freshSecret() : dpNoiseSecret));
  }

  private HistoryWeighting weighting() {
    HistoryWeighting recency =
        recencyDays == null
            ? HistoryWeighting.uniform()
            : new HistoryWeighting(recencyFloor, recencyDays);
    return values == null ? recency : recency.withValues(values);
  }

  private RowScheme rows() {
    RowScheme rows =
        RowScheme.users()
            .withCore(
                new CoreRule(
                    minPerUser == null ? 1 : minPerUser,
                    minPerItem == null ? 1 : minPerItem,
                    minUsersPerItem == null ? 1 : minUsersPerItem));
    if (sessionDays != null) {
      rows = rows.withSessions(sessionDays);
    }
    if (halfLifeDays != null) {
      rows = rows.withHalfLife(halfLifeDays);
    }
    return values == null ? rows : rows.withValues(values);
  }

  private SolverOptions solver() {
    FactorMethod factors =
        method == null
            ? FactorMethod.IMPLICIT_ALS
            : FactorMethod.named(method)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "--factors expects one of "
                                + Stream.of(FactorMethod.values())
                                    .map(FactorMethod::label)
                                    .collect(Collectors.joining(", "))
                                + ", got ["
                                + method
                                + "]"));
    SolverOptions solver =
        new SolverOptions(
            factors,
            new Penalty(l1 == null ? 0 : l1, l2 == null ? 0 : l2),
            start == null ? Initialisation.RANDOM : start);
    return withNeighbours(withSessions(solver));
  }

  private SolverOptions withSessions(SolverOptions solver) {
    if (mask == null && shrinkage == null && factorRate == null) {
      return solver;
    }
    if (solver.method() != FactorMethod.SESSION_SOFTMAX) {
      throw new IllegalArgumentException(
          "--mask, --shrinkage and --factor-rate belong to --factors session-softmax");
    }
    SessionOptions options = solver.sessions();
    if (mask != null) {
      options = options.withMask(mask);
    }
    if (shrinkage != null) {
      options = options.withShrinkage(shrinkage);
    }
    if (factorRate != null) {
      options = options.withLearningRate(factorRate);
    }
    return solver.withSessions(options);
  }

  private SolverOptions withNeighbours(SolverOptions solver) {
    if (neighbours == null && neighbourLambda == null) {
      return solver;
    }
    if (solver.method() != FactorMethod.NEIGHBOURS) {
      throw new IllegalArgumentException(
          "--neighbours and --neighbour-lambda belong to --factors neighbours");
    }
    NeighbourOptions options = NeighbourOptions.defaults();
    if (neighbours != null) {
      options = options.withNeighbours(neighbours);
    }
    if (neighbourLambda != null) {
      options = options.withLambda(neighbourLambda);
    }
    return solver.withNeighbours(options);
  }
}
