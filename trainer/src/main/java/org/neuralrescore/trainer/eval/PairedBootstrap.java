// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How sure it is that one ranker beats another on the same cases: the cases are drawn anew with
 * replacement many times, and each time the mean difference is taken (Efron and Tibshirani 1993).
 *
 * @param difference the mean of first minus second
 * @param low the 2.5 % quantile of the drawn differences
 * @param high the 97.5 % quantile
 * @param probability the share of draws in which the first is better
 */
public record PairedBootstrap(double difference, double low, double high, double probability) {
  private static final int DRAWS = 2000;

  /**
   * Compares.
   *
   * @param first a report
   * @param second a report on the same evaluation set
   * @param figure what is compared, such as {@link CaseMetrics#ndcg}
   * @param seed of the draws
   */
  public static PairedBootstrap compare(
      RankingReport first, RankingReport second, ToDoubleFunction<CaseMetrics> figure, long seed) {
    int n = first.cases().size();
    if (second.cases().size() != n) {
      throw new IllegalArgumentException(
          "paired bootstrap expects reports on the same cases, got "
              + n
              + " and "
              + second.cases().size());
    }
    double[] differences = new double[n];
    double sum = 0;
    for (int c = 0; c < n; c++) {
      differences[c] =
          figure.applyAsDouble(first.cases().get(c)) - figure.applyAsDouble(second.cases().get(c));
      sum += differences[c];
    }
    double[] means = new double[DRAWS];
    int better = 0;
    SplittableRandom random = new SplittableRandom(seed);
    for (int d = 0; d < DRAWS; d++) {
      double drawn = 0;
      for (int i = 0; i < n; i++) {
        drawn += differences[random.nextInt(n)];
      }
      means[d] = drawn / n;
      if (drawn > 0) {
        better++;
      }
    }
    Arrays.sort(means);
    return new PairedBootstrap(
        sum / n,
        means[(int) (DRAWS * 0.025)],
        means[(int) (DRAWS * 0.975)],
        better / (double) DRAWS);
  }
}
