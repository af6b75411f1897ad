package org.neuralrescore.trainer.pipeline;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.OptionalDouble;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.PrivateAls;
import org.neuralrescore.trainer.factors.SolverOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.feature.FeatureOptions;

/**
 * Everything that decides what a training run makes, but for the data; {@code threads} alone
 * changes nothing in the result.
 *
 * @param factors options of the factorisation; its seed is overruled by {@code seed}
 * @param solver loss and solver of the factorisation, default weighted implicit ALS
 * @param privacy what of people leaves the trainer, default user vectors in the bundle
 * @param rows what the rows of the factorised matrix stand for, default one a user
 * @param foldInIterations gradient steps of the user encoder, default 48
 * @param weighting what each interaction of a history weighs in the encoder, default all the same
 * @param encoderAlpha0 the weight of the unobserved in the encoder's loss, default that of {@code
 *     factors}
 * @param encoderLambda regularisation a unit of weight in the encoder's loss, default that of
 *     {@code factors}
 * @param scorer options of the scorer
 * @param features what the scorer is told beside the factors, default nothing
 * @param protocol how validation and test are held out, default leave-last-out
 * @param cutoff k of HR@k, NDCG@k and Recall@k, default 10
 * @param threads threads at most, default all processors
 * @param seed of all randomness, default 42
 */
@RecordBuilder
public record TrainingOptions(
    ImplicitAlsOptions factors,
    SolverOptions solver,
    PrivacyOptions privacy,
    RowScheme rows,
    int foldInIterations,
    HistoryWeighting weighting,
    OptionalDouble encoderAlpha0,
    OptionalDouble encoderLambda,
    ScorerOptions scorer,
    FeatureOptions features,
    SplitProtocol protocol,
    int cutoff,
    int threads,
    long seed)
    implements TrainingOptionsBuilder.With {
  public TrainingOptions {
    if (privacy.differential().isPresent()) {
      requirePrivate(solver, rows, weighting, scorer, protocol);
    }
    if (!solver.implicit() && (encoderAlpha0.isPresent() || encoderLambda.isPresent())) {
      throw new IllegalArgumentException(
          "the encoder of factors by "
              + solver.method().label()
              + " has the weights of its own loss; alpha0 and lambda of an encoder belong to"
              + " implicit-als");
    }
    if (!features.isNone() && scorer.hidden().isEmpty()) {
      throw new IllegalArgumentException(
          "features are read by a network alone, and none was asked for; leave out --features and"
              + " --recent, or give hidden layers");
    }
    if (foldInIterations < 1 || cutoff < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "training expects fold-in iterations, cut-off and threads of at least 1, got "
              + foldInIterations
              + ", "
              + cutoff
              + ", "
              + threads);
    }
  }

  /** The documented defaults. */
  public static TrainingOptions defaults() {
    return new TrainingOptions(
        ImplicitAlsOptions.defaults(),
        SolverOptions.defaults(),
        PrivacyOptions.defaults(),
        RowScheme.users(),
        48,
        HistoryWeighting.uniform(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        ScorerOptions.defaults(),
        FeatureOptions.none(),
        new LeaveLastOut(),
        10,
        Runtime.getRuntime().availableProcessors(),
        42L);
  }

  /** The same with a loss of the encoder's own. */
  public TrainingOptions withEncoderLoss(double alpha0, double lambda) {
    return with()
        .encoderAlpha0(OptionalDouble.of(alpha0))
        .encoderLambda(OptionalDouble.of(lambda))
        .build();
  }

  /** What a promise of differential privacy leaves no room for. */
  private static void requirePrivate(
      SolverOptions solver,
      RowScheme rows,
      HistoryWeighting weighting,
      ScorerOptions scorer,
      SplitProtocol protocol) {
    require(solver.method() == FactorMethod.IMPLICIT_ALS, "factors other than by implicit-als");
    require(scorer.hidden().isEmpty(), "a network, which learns from single interactions");
    require(rows.sessionDays().isEmpty(), "session rows: a user's share would be unbounded");
    require(rows.core().equals(CoreRule.none()), "a core, which the raw counts decide");
    require(rows.halfLifeDays().isEmpty(), "a half-life, counted from somebody's last interaction");
    require(rows.values() == CellValues.ONE, "values other than one");
    require(weighting.values() == CellValues.ONE, "values other than one");
    require(protocol instanceof LeaveLastOut, "a split that other users decide");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "differential privacy does not cover " + what + "; leave that out");
    }
  }

  /** The solver of a run, with the run's seed, and its sessions and histories where it has any. */
  public FactorSolver factorSolver(Workers workers) {
    if (privacy.differential().isPresent()) {
      return new PrivateAls(factors.withSeed(seed), privacy.differential().get(), workers);
    }
    return solver.on(rows, weighting).of(factors.withSeed(seed), workers);
  }

  /** The encoder's options. */
  public EncoderOptions encoder() {
    return new EncoderOptions(foldInIterations, weighting, encoderAlpha0, encoderLambda);
  }
}
