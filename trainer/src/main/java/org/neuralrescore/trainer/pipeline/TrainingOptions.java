// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.math.ArraySize;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.feature.FeatureOptions;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * Everything that decides what a training run makes, but for the data; {@code threads} alone
 * changes nothing in the result.
 *
 * @param factors the method of factorisation and its options, default weighted implicit ALS; its
 *     seed is overruled by {@code seed}
 * @param privacy what of people leaves the trainer, default user vectors in the bundle
 * @param rows what the rows of the factorised matrix stand for, default one a user
 * @param foldInIterations gradient steps of the user encoder, default 48
 * @param weighting what each interaction of a history weighs in the encoder, default all the same
 * @param scorer options of the scorer
 * @param features what the scorer is told beside the factors, default nothing
 * @param wide how what histories say of items is learned, where scorers may read it: of several
 *     ways the best on validation cases; default none
 * @param protocol how validation and test are held out, default leave-last-out
 * @param evaluateUsers test cases at most, drawn with the seed; empty, the default: as many as can
 *     be afforded ({@link Split#withTestCases})
 * @param usersInMemory users whose vectors are held, default as many as an array has room for; of
 *     more the vectors go to a file, some at a time
 * @param cutoff k of HR@k, NDCG@k and Recall@k, default 10
 * @param threads threads at most, default all processors
 * @param seed of all randomness, default 42
 */
@RecordBuilder
public record TrainingOptions(
    FactorOptions factors,
    PrivacyOptions privacy,
    RowScheme rows,
    int foldInIterations,
    HistoryWeighting weighting,
    ScorerOptions scorer,
    FeatureOptions features,
    List<WideOptions> wide,
    SplitProtocol protocol,
    OptionalInt evaluateUsers,
    int usersInMemory,
    int cutoff,
    int threads,
    long seed)
    implements TrainingOptionsBuilder.With {
  /** What {@code usersInMemory} is where nobody said how many. */
  public static final int ALL_USERS = Integer.MAX_VALUE;

  public TrainingOptions {
    wide = List.copyOf(wide);
    if (privacy.differential().isPresent()) {
      require(wide.isEmpty(), "what goes with what, which learns from single histories");
      requirePrivate(factors, rows, weighting, scorer, protocol);
    }
    if (!features.isNone() && scorer.hidden().isEmpty()) {
      throw new IllegalArgumentException(
          "features are read by a network alone, and none was asked for; leave out --features and"
              + " --recent, or give hidden layers");
    }
    if (evaluateUsers.orElse(1) < 1 || usersInMemory < 0) {
      throw new IllegalArgumentException(
          "training expects at least one user to evaluate for and none below nought in memory, got "
              + evaluateUsers
              + ", "
              + usersInMemory);
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
        PrivacyOptions.defaults(),
        RowScheme.users(),
        48,
        HistoryWeighting.uniform(),
        ScorerOptions.defaults(),
        FeatureOptions.none(),
        List.of(),
        new LeaveLastOut(),
        OptionalInt.empty(),
        ALL_USERS,
        10,
        Runtime.getRuntime().availableProcessors(),
        42L);
  }

  /** What a promise of differential privacy leaves no room for. */
  private static void requirePrivate(
      FactorOptions factors,
      RowScheme rows,
      HistoryWeighting weighting,
      ScorerOptions scorer,
      SplitProtocol protocol) {
    require(factors.underPrivacy().isPresent(), "factors by " + factors.method().label());
    require(scorer.hidden().isEmpty(), "a network, which learns from single interactions");
    require(rows.sessionDays().isEmpty(), "session rows: a user's share would be unbounded");
    require(rows.core().equals(CoreRule.none()), "a core, which the raw counts decide");
    require(rows.halfLifeDays().isEmpty(), "a half-life, counted from somebody's last interaction");
    require(rows.values() == CellValues.ONE, "values other than one");
    require(weighting.values() == CellValues.ONE, "values other than one");
    require(
        protocol instanceof LeaveLastOut,
        "--protocol " + protocol.label() + " (leave-last-out alone is decided by each user's own)");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "differential privacy does not cover " + what + "; leave that out");
    }
  }

  /**
   * The options of a run's factorisation, with its seed and what it reads of sessions and times.
   */
  public FactorOptions factorisation() {
    return factors.ofSeed(seed).on(rows, weighting);
  }

  /** The solver of a run, with the run's seed, and its sessions and histories where it has any. */
  public FactorSolver factorSolver(Workers workers) {
    return privacy
        .differential()
        .map(promise -> factors.ofSeed(seed).underPrivacy().orElseThrow().solver(promise, workers))
        .orElseGet(() -> factorisation().solver(workers));
  }

  /**
   * Cuts a data set by the protocol, with no more test cases than are asked for, or, where nobody
   * says, than can be afforded.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where nothing can be held out
   */
  public Split split(Interactions data) {
    return protocol.split(data).withTestCases(evaluateUsers, seed);
  }

  /** Pairs of items are held to the privacy that items are. */
  public WideOptions heldToPrivacy(WideOptions way) {
    return way.withMinTogether(Math.max(way.minTogether(), rows.core().minUsersPerItem()));
  }

  /** How many users' vectors of some numbers each are held: those of a file that is one array. */
  public int usersHeld(int width) {
    return Math.min(usersInMemory, rowsOfAFile(width));
  }

  /** How many vectors of some numbers each a file of the bundle has room for. */
  static int rowsOfAFile(int width) {
    return ArraySize.NUMBERS_OF_A_FILE / width;
  }

  /** The encoder's options. */
  public EncoderOptions encoder() {
    return new EncoderOptions(foldInIterations, weighting);
  }
}
