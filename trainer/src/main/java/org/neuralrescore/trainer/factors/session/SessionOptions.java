package org.neuralrescore.trainer.factors.session;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SessionRule;

/**
 * Options of {@link SessionTraining}.
 *
 * @param rank k, the number of factors of a side, default 64
 * @param epochs passes over the sessions, default 20
 * @param batch sessions a step, default 256
 * @param learningRate of Adam at its height, default 0.02; rises over the first 3% of the steps and
 *     falls linearly to 0. On online-retail (validation, k = 64) 0.02 found NDCG@10 of .092 to .097
 *     over three seeds
 * @param mask the chance of each item of a session to be hidden and asked for, default 0.5
 * @param shrinkage an item touched by {@code c} users speaks with {@code c / (c + shrinkage)} of
 *     its voice, default 30; 0: all speak alike
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
    implements SessionOptionsBuilder.With {
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
}
