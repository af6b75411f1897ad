package org.neuralrescore.trainer.cli;

import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.SolverOptions;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.factors.session.DistillationOptions;
import org.neuralrescore.trainer.factors.session.SessionOptions;
import org.neuralrescore.trainer.factors.solver.Initialisation;
import org.neuralrescore.trainer.factors.solver.Penalty;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import picocli.CommandLine.Option;

/** The factors: their number, loss and solver, and what belongs to one of these, as flags. */
final class FactorFlags {
  private static final int BLOCK = 64;
  private static final int CLASSICAL_SWEEPS = 50;
  private static final int DP_SWEEPS = 4;

  @Option(names = "--rank", paramLabel = "K", description = "Factors; default 64.")
  Integer rank;

  @Option(
      names = "--factors",
      paramLabel = "METHOD",
      description =
          "Loss and solver of the factors: implicit-als, ials++, neighbours, distilled, transitions, session-softmax, kl-cd, kl-mu,"
              + " a-hals, e-a-hals, hals, anls or mu ('train --help' says what each is); default implicit-als. The user encoder is"
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
      description =
          "Items that may speak for an item in --factors neighbours, default 50, and distilled,"
              + " default all.")
  Integer neighbours;

  @Option(
      names = "--neighbour-lambda",
      paramLabel = "X",
      description =
          "Interactions at which an item is believed by half in --factors neighbours and distilled,"
              + " default 30, and transitions, default 100.")
  Double neighbourLambda;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "Of the softmax over what is taught, in --factors distilled, default 0.03, and transitions,"
              + " default 0.003: the lower, the more the head of the ranking counts.")
  Double temperature;

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
      description =
          "Learning rate at its height, of --factors session-softmax, default 0.02, and of distilled"
              + " and transitions, in sizes of their start, default 1.")
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
          "Alternations; default 16, epochs of session-softmax 20 and of distilled and transitions 60, for kl-..., hals, anls and mu at most 50: they stop once a sweep"
              + " gains less than a ten-thousandth; under --dp-epsilon 4.")
  Integer sweeps;

  /** The options with these factors. */
  TrainingOptions applyTo(TrainingOptions start, PrivacyFlags privacy) {
    TrainingOptions options = start;
    if (rank != null) {
      options = options.withFactors(options.factors().withRank(rank));
    }
    options = options.withSolver(solver());
    OptionalInt atOnce = block(options.solver().method());
    if (atOnce.isPresent()) {
      options = options.withFactors(options.factors().withBlock(atOnce.getAsInt()));
    }
    if (!options.solver().implicit()) {
      if (alpha0 != null || lambda != null) {
        throw new IllegalArgumentException(
            "--alpha0 and --lambda belong to implicit-als and ials++; --factors "
                + options.solver().method().label()
                + (switch (options.solver().method()) {
                  case SESSION_SOFTMAX -> " takes --mask and --shrinkage";
                  case DISTILLED, TRANSITIONS -> " takes --neighbour-lambda and --temperature";
                  default -> " takes --l1 and --l2";
                }));
      }
      options =
          options.withFactors(
              options
                  .factors()
                  .withSweeps(
                      switch (options.solver().method()) {
                        case SESSION_SOFTMAX -> options.solver().sessions().epochs();
                        case DISTILLED, TRANSITIONS -> options.solver().distillation().epochs();
                        default -> CLASSICAL_SWEEPS;
                      }));
    }
    if (privacy.differential()) {
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
    return options;
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
    return withDistillation(withNeighbours(withSessions(solver)));
  }

  /** Factors that are solved for at once; empty where they all are. */
  private OptionalInt block(FactorMethod factors) {
    if (factors == FactorMethod.IALS_PLUS_PLUS) {
      return OptionalInt.of(block == null ? BLOCK : block);
    }
    if (block != null) {
      throw new IllegalArgumentException("--block belongs to --factors ials++");
    }
    return OptionalInt.empty();
  }

  private SolverOptions withSessions(SolverOptions solver) {
    if (factorRate != null && !solver.method().softmax()) {
      throw new IllegalArgumentException(
          "--factor-rate belongs to --factors session-softmax, distilled and transitions");
    }
    boolean own = mask != null || shrinkage != null;
    if (own && solver.method() != FactorMethod.SESSION_SOFTMAX) {
      throw new IllegalArgumentException(
          "--mask and --shrinkage belong to --factors session-softmax");
    }
    if (solver.method() != FactorMethod.SESSION_SOFTMAX) {
      return solver;
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
    if (!solver.method().itemWeights()) {
      throw new IllegalArgumentException(
          "--neighbours and --neighbour-lambda belong to --factors neighbours and distilled, the"
              + " latter to transitions, too");
    }
    if (neighbours != null && solver.method() == FactorMethod.TRANSITIONS) {
      throw new IllegalArgumentException(
          "--neighbours belongs to --factors neighbours and distilled; transitions are learned"
              + " between all items");
    }
    NeighbourOptions options = solver.neighbours();
    if (neighbours != null) {
      options = options.withNeighbours(neighbours);
    }
    if (neighbourLambda != null) {
      options = options.withLambda(neighbourLambda);
    }
    return solver.withNeighbours(options);
  }

  private SolverOptions withDistillation(SolverOptions solver) {
    if (!solver.method().distilled()) {
      if (temperature != null) {
        throw new IllegalArgumentException(
            "--temperature belongs to --factors distilled and transitions");
      }
      return solver;
    }
    DistillationOptions options = solver.distillation();
    if (temperature != null) {
      options = options.withTemperature(temperature);
    }
    if (factorRate != null) {
      options = options.withRate(factorRate);
    }
    return solver.withDistillation(options);
  }
}
