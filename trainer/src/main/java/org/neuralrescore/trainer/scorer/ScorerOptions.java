// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Options of the scorer's training.
 *
 * @param hidden widths of the hidden layers, default 64, 32; empty: the calibrated dot product
 *     alone
 * @param epochs passes over the examples at most, default 15
 * @param patience epochs without a better validation figure before training stops, default 2
 * @param learningRate of Adam, default 0.001
 * @param weightDecay decoupled L2 on the weights (Loshchilov and Hutter 2019), default 0.01
 * @param negatives sampled items a positive, default 4
 * @param sampling how they are drawn, default uniform
 * @param batchRows rows a step, positives and negatives together, default 4096
 * @param maxExamples positives drawn from longer data, default 100000
 * @param validationUsers users drawn to choose between network and dot product, default 2000;
 *     training stops on a smaller draw of 300
 * @param selection what ships, default what wins on validation
 * @param contextMinCount how often a value of a context column must be there to learn from, default
 *     {@value #CONTEXT_MIN_COUNT}; rarer ones are to the scorer what an absent one is
 */
@RecordBuilder
public record ScorerOptions(
    List<Integer> hidden,
    int epochs,
    int patience,
    double learningRate,
    double weightDecay,
    int negatives,
    NegativeSampling sampling,
    int batchRows,
    int maxExamples,
    int validationUsers,
    Selection selection,
    int contextMinCount)
    implements ScorerOptionsBuilder.With {
  /** How often a value of a context column is there at least for the scorer to know it. */
  public static final int CONTEXT_MIN_COUNT = 20;

  /** Which scorer ships. */
  public enum Selection {
    /** The network where it beats the plain dot product on validation, else the dot product. */
    BEST_ON_VALIDATION,
    /** The network at its best epoch, whatever the dot product is worth. */
    ALWAYS_NETWORK
  }

  public ScorerOptions {
    hidden = List.copyOf(hidden);
    if (hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException("scorer expects hidden widths above 0, got " + hidden);
    }
    if (epochs < 1 || patience < 1 || negatives < 1 || maxExamples < 1 || validationUsers < 1) {
      throw new IllegalArgumentException(
          "scorer expects epochs, patience, negatives, examples and validation users of at least 1,"
              + " got "
              + List.of(epochs, patience, negatives, maxExamples, validationUsers));
    }
    if (batchRows < negatives + 1) {
      throw new IllegalArgumentException(
          "scorer expects a batch of at least one positive with its "
              + negatives
              + " negatives, got "
              + batchRows);
    }
    if (contextMinCount < 1) {
      throw new IllegalArgumentException(
          "scorer expects values of context columns to be there at least once, got "
              + contextMinCount);
    }
    if (!(learningRate > 0)
        || !(weightDecay >= 0)
        || Double.isInfinite(learningRate)
        || Double.isInfinite(weightDecay)) {
      throw new IllegalArgumentException(
          "scorer expects a learning rate above 0 and a weight decay of at least 0, got "
              + learningRate
              + ", "
              + weightDecay);
    }
  }

  /** The documented defaults. */
  public static ScorerOptions defaults() {
    return new ScorerOptions(
        List.of(64, 32),
        15,
        3,
        1e-3,
        1e-2,
        4,
        NegativeSampling.UNIFORM,
        4096,
        200_000,
        2000,
        Selection.BEST_ON_VALIDATION,
        CONTEXT_MIN_COUNT);
  }

  /** The same with another learning rate and weight decay. */
  public ScorerOptions withLearning(double rate, double decay) {
    return with().learningRate(rate).weightDecay(decay).build();
  }

  /** The same with other negatives. */
  public ScorerOptions withNegatives(int count, NegativeSampling how) {
    return with().negatives(count).sampling(how).build();
  }
}
