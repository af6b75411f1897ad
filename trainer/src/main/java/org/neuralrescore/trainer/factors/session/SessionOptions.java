// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.interactions.SessionRule;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;

/**
 * Options of {@link SessionTraining}.
 *
 * @param rank k, the number of factors of a side, default 64
 * @param epochs passes over the sessions, default 20
 * @param batch sessions a step, default 256
 * @param learningRate of Adam at its largest, default 0.02; rises over the first 3% of the steps
 *     and falls linearly to 0. On online-retail (validation, k = 64) 0.02 found NDCG@10 of .092 to
 *     .097 over three seeds
 * @param mask the chance of each item of a session to be hidden and asked for, default 0.5
 * @param shrinkage the evidence vector of an item touched by {@code c} users is multiplied by
 *     {@code c / (c + shrinkage)}, default 30; 0: none is shrunk
 * @param weighting what an interaction of a history weighs, default that of recency with a floor of
 *     0.02 and 10 days
 * @param sessions how long a session lasts, default one moment
 * @param seed of start, order and masks, default 42
 */
@RecordBuilder
public record SessionOptions(
    int rank,
    int epochs,
    int batch,
    double learningRate,
    double mask,
    double shrinkage,
    HistoryWeighting weighting,
    SessionRule sessions,
    long seed)
    implements FactorOptions, SessionOptionsBuilder.With {
  /** The method. */
  public static final FactorMethod METHOD =
      new FactorMethod(
          "session-softmax",
          "a softmax over all items for what is hidden of a session; items have two sides",
          "Liang et al. 2018, Variational Autoencoders for Collaborative Filtering (Mult-DAE);"
              + " Kabbur et al. 2013, FISM; Steck 2020, Autoencoders that don't overfit towards the"
              + " Identity",
          FactorMethod.Standing.EXPERIMENTAL,
          defaults(),
          List.of(
              Setting.rank(),
              Setting.number(
                      "mask",
                      "Share of a session that is hidden and asked for",
                      SessionOptions::mask,
                      SessionOptions::withMask)
                  .tried("0.3", "0.5", "0.7"),
              Setting.number(
                      "shrinkage",
                      "Users at whom an item's evidence counts by half",
                      SessionOptions::shrinkage,
                      SessionOptions::withShrinkage)
                  .tried("10", "30", "100"),
              Setting.number(
                      "factor-rate",
                      "Largest learning rate of the factors",
                      SessionOptions::learningRate,
                      SessionOptions::withLearningRate)
                  .tried("0.01", "0.02", "0.04"),
              Setting.sweeps("Epochs")));

  public SessionOptions {
    if (rank < 1 || epochs < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "session factors expect rank, epochs and batch of at least 1, got "
              + rank
              + ", "
              + epochs
              + ", "
              + batch);
    }
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "session factors expect a learning rate above 0, got " + learningRate);
    }
    if (!(mask > 0) || !(mask < 1)) {
      throw new IllegalArgumentException(
          "session factors expect a mask above 0 and below 1, got " + mask);
    }
    if (!(shrinkage >= 0) || Double.isInfinite(shrinkage)) {
      throw new IllegalArgumentException(
          "session factors expect a shrinkage of at least 0, got " + shrinkage);
    }
  }

  /** The documented defaults. */
  public static SessionOptions defaults() {
    return new SessionOptions(
        64, 20, 256, 2e-2, 0.5, 30, new HistoryWeighting(0.02, 10), SessionRule.oneMoment(), 42L);
  }

  @Override
  public FactorMethod method() {
    return METHOD;
  }

  @Override
  public int sweeps() {
    return epochs;
  }

  @Override
  public SessionOptions with(int ownRank, int sweeps, long ownSeed) {
    return with().rank(ownRank).epochs(sweeps).seed(ownSeed).build();
  }

  @Override
  public String loss() {
    return METHOD.label();
  }

  @Override
  public int width() {
    return 2 * rank;
  }

  @Override
  public boolean onACourse() {
    return true;
  }

  @Override
  public SessionOptions on(RowScheme rows, HistoryWeighting own) {
    return withWeighting(own).withSessions(new SessionRule(rows.sessionDays().orElse(0)));
  }

  @Override
  public List<String> unread(RowScheme rows) {
    return rows.flagsOfCells(false);
  }

  @Override
  public FactorSolver solver(Workers workers, LearnedWeights learned) {
    return new SessionSolver(this, workers);
  }

  @Override
  public double sweepWork(double rows, double items, double cells) {
    return 3 * rows * items * rank;
  }
}
