// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether rows to which a model gives a probability of p are positive in p of the cases: the
 * reliability diagram in bins of equal width (DeGroot and Fienberg 1983; Niculescu-Mizil and
 * Caruana 2005).
 *
 * @param bins those that have a row, by rising probability
 * @param expectedError the expected calibration error, {@code sum_b rows_b / rows * |observed_b -
 *     predicted_b|} (Naeini et al. 2015)
 * @param brier the mean of {@code (p - label)^2} (Brier 1950); one who always says the share of
 *     positives gets {@code observed (1 - observed)}
 * @param predicted the mean probability
 * @param observed the share of positive rows
 * @param rows all rows
 */
public record Reliability(
    List<Bin> bins,
    double expectedError,
    double brier,
    double predicted,
    double observed,
    int rows) {
  private static final int BINS = 10;

  /** Of no row: nothing was held out. */
  public static final Reliability UNKNOWN = new Reliability(List.of(), 0, 0, 0, 0, 0);

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * The rows whose probability is between two bounds.
   *
   * @param low the lower bound, held itself
   * @param high the upper bound, not held but for 1
   * @param rows how many, at least one
   * @param predicted their mean probability
   * @param observed the share of them that is positive
   */
  public record Bin(double low, double high, int rows, double predicted, double observed) {}

  /**
   * Sorts rows into ten bins.
   *
   * @param logits log-odds, at least one, finite
   * @param positive labels, of the same length
   */
  public static Reliability of(float[] logits, boolean[] positive) {
    if (logits.length == 0 || logits.length != positive.length) {
      throw new IllegalArgumentException(
          "reliability expects at least one logit and a label for each, got "
              + logits.length
              + " and "
              + positive.length);
    }
    int[] rows = new int[BINS];
    int[] hits = new int[BINS];
    double[] sums = new double[BINS];
    double brier = 0;
    for (int i = 0; i < logits.length; i++) {
      double p = 1 / (1 + Math.exp(-(double) logits[i]));
      int bin = Math.min(BINS - 1, (int) (p * BINS));
      rows[bin]++;
      hits[bin] += positive[i] ? 1 : 0;
      sums[bin] += p;
      double error = p - (positive[i] ? 1 : 0);
      brier += error * error;
    }
    List<Bin> bins = new ArrayList<>();
    double expectedError = 0;
    double predicted = 0;
    int observed = 0;
    for (int b = 0; b < BINS; b++) {
      if (rows[b] > 0) {
        bins.add(
            new Bin(
                b / (double) BINS,
                (b + 1) / (double) BINS,
                rows[b],
                sums[b] / rows[b],
                hits[b] / (double) rows[b]));
        expectedError += Math.abs(hits[b] - sums[b]);
        predicted += sums[b];
        observed += hits[b];
      }
    }
    int n = logits.length;
    return new Reliability(
        bins, expectedError / n, brier / n, predicted / n, observed / (double) n, n);
  }
}
