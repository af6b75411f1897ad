// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.ImplicitLoss;
import org.neuralrescore.trainer.factors.PrivateFactors;
import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;

/**
 * Options of {@link ImplicitAls}, in the notation of Rendle et al. 2021.
 *
 * @param rank k, the number of factors, default 64
 * @param alpha0 the weight of every cell, touched or not, beside the weight 1 of a touched one,
 *     default 0.1
 * @param lambda regularisation a unit of weight of a row, default 0.01
 * @param sweeps alternations, default 16
 * @param innerSweeps passes of coordinate descent over a row's factors in one half-sweep, default 8
 * @param seed of the random start, default 42
 * @param block factors solved for at once; below the rank, rows are solved by iALS++ in blocks of
 *     this many (Rendle et al. 2021, "iALS++: Speeding up Matrix Factorization with Subspace
 *     Optimization"), which pays from ranks of about 128 on; default all
 * @param ridge what the regularisation of a row grows with, default the weight of all its cells
 * @param encoderAlpha0 the weight of every cell in the user encoder's loss, default {@code alpha0}:
 *     a history of a few recent items is another thing than a row of the matrix
 * @param encoderLambda regularisation a unit of weight in the encoder's loss, default {@code
 *     lambda}
 */
@RecordBuilder
public record ImplicitAlsOptions(
    int rank,
    double alpha0,
    double lambda,
    int sweeps,
    int innerSweeps,
    long seed,
    int block,
    Ridge ridge,
    OptionalDouble encoderAlpha0,
    OptionalDouble encoderLambda)
    implements FactorOptions, ImplicitAlsOptionsBuilder.With {
  /** A block of every factor there is: the whole row at once. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Factors that iALS++ solves for at once by default. */
  public static final int BLOCK = 64;

  private static final int SEARCH_SWEEPS = 18;

  /** How a row is solved for. */
  private enum Solver {
    ALS("als"),
    IALS_PLUS_PLUS("ials++");

    private final String label;

    Solver(String label) {
      this.label = label;
    }
  }

  /** The method. */
  public static final FactorMethod METHOD =
      new FactorMethod(
          "implicit-als",
          "weighted implicit squared error by non-negative alternating least squares",
          "Hu, Koren and Volinsky 2008; Rendle et al. 2021, Revisiting the Performance of iALS",
          FactorMethod.Standing.OFFERED,
          defaults(),
          List.of(
              Setting.rank(),
              Setting.choice(
                  "solver",
                  "How the loss is minimised",
                  List.of(Solver.values()),
                  one -> one.label,
                  (ImplicitAlsOptions o) -> o.block() == ALL ? Solver.ALS : Solver.IALS_PLUS_PLUS,
                  (o, one) -> o.withBlock(one == Solver.ALS ? ALL : BLOCK)),
              Setting.wholeOr(
                      "all",
                      "block",
                      "Factors that are solved for at once, by ials++ where they are not all",
                      ImplicitAlsOptions::block,
                      ImplicitAlsOptions::withBlock)
                  .fixed(),
              Setting.number(
                      "alpha0",
                      "Weight of what was not touched, beside 1 for what was",
                      ImplicitAlsOptions::alpha0,
                      ImplicitAlsOptions::withAlpha0)
                  .tried("0.03", "0.0965", "0.311", "1")
                  .walked(),
              Setting.number(
                      "lambda",
                      "Regularisation a unit of weight",
                      ImplicitAlsOptions::lambda,
                      ImplicitAlsOptions::withLambda)
                  .tried("0.001", "0.00316", "0.01", "0.0316", "0.1")
                  .walked(),
              Setting.choice(
                  "ridge",
                  "What a row's regularisation grows with: the weight of all its cells, or of those"
                      + " touched",
                  List.of(Ridge.values()),
                  Ridge::label,
                  ImplicitAlsOptions::ridge,
                  ImplicitAlsOptions::withRidge),
              Setting.sweeps("Alternations"),
              Setting.number(
                  "encoder-alpha0",
                  "The same weight in the user encoder, if not --alpha0",
                  (ImplicitAlsOptions o) -> o.encoderLoss().alpha0(),
                  (o, value) -> o.withEncoderAlpha0(OptionalDouble.of(value))),
              Setting.number(
                  "encoder-lambda",
                  "Regularisation in the user encoder, if not --lambda",
                  (ImplicitAlsOptions o) -> o.encoderLoss().lambda(),
                  (o, value) -> o.withEncoderLambda(OptionalDouble.of(value)))));

  public ImplicitAlsOptions {
    if (rank < 1 || sweeps < 1 || innerSweeps < 1 || block < 1) {
      throw new IllegalArgumentException(
          "implicit ALS expects rank, sweeps, inner sweeps and block of at least 1, got "
              + rank
              + ", "
              + sweeps
              + ", "
              + innerSweeps
              + ", "
              + block);
    }
    if (!(alpha0 > 0) || !(lambda > 0)) {
      throw new IllegalArgumentException(
          "implicit ALS expects alpha0 > 0 and lambda > 0, got " + alpha0 + ", " + lambda);
    }
    if (!(encoderAlpha0.orElse(1) > 0) || !(encoderLambda.orElse(1) > 0)) {
      throw new IllegalArgumentException(
          "encoder expects alpha0 > 0 and lambda > 0, got " + encoderAlpha0 + ", " + encoderLambda);
    }
  }

  /** The documented defaults. */
  public static ImplicitAlsOptions defaults() {
    return new ImplicitAlsOptions(
        64, 0.1, 0.01, 16, 8, 42L, ALL, Ridge.ALL, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** The factorisation's options with the encoder's loss in place of its own. */
  ImplicitAlsOptions encoderLoss() {
    return with()
        .alpha0(encoderAlpha0.orElse(alpha0))
        .lambda(encoderLambda.orElse(lambda))
        .encoderAlpha0(OptionalDouble.empty())
        .encoderLambda(OptionalDouble.empty())
        .build();
  }

  /** What is minimised. */
  ImplicitLoss minimised() {
    return new ImplicitLoss(alpha0, lambda, ridge);
  }

  /** What decides the factors; the encoder's loss does not. */
  ImplicitAlsOptions factorisation() {
    return with()
        .encoderAlpha0(OptionalDouble.empty())
        .encoderLambda(OptionalDouble.empty())
        .build();
  }

  @Override
  public FactorMethod method() {
    return METHOD;
  }

  @Override
  public ImplicitAlsOptions with(int ownRank, int ownSweeps, long ownSeed) {
    return with().rank(ownRank).sweeps(ownSweeps).seed(ownSeed).build();
  }

  @Override
  public String loss() {
    return "weighted-implicit";
  }

  @Override
  public Optional<ImplicitLoss> implicitLoss() {
    return Optional.of(minimised());
  }

  @Override
  public Optional<PrivateFactors> underPrivacy() {
    return Optional.of((privacy, workers) -> new PrivateAls(this, privacy, workers));
  }

  @Override
  public int searchSweeps() {
    return SEARCH_SWEEPS;
  }

  @Override
  public FactorSolver solver(Workers workers, LearnedWeights learned) {
    return new ImplicitAls(this, workers);
  }

  @Override
  public double sweepWork(double rows, double items, double cells) {
    return (2 * cells + (rows + items) * innerSweeps) * rank * rank;
  }
}
