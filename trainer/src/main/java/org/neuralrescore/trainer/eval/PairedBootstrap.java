// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.function.ToDoubleFunction;

/**
 * How sure it is that one ranker beats another on the same cases: the cases are drawn anew with
 * replacement many times, and each time the mean difference is taken ({@link PairedDifferences}, by
 * which few cases make nothing sure).
 *
 * @param difference the mean of first minus second
 * @param low the 2.5 % quantile of the drawn differences
 * @param high the 97.5 % quantile
 * @param probability the share of draws in which the first is better
 */
public record PairedBootstrap(double difference, double low, double high, double probability) {
  private static final int DRAWS = 2000;
  private static final double CONFIDENCE = 0.95;

  /**
   * Compares.
   *
   * @param first a report
   * @param second a report on the same evaluation set
   * @param figure what is compared, from 0 to 1, such as {@link CaseMetrics#ndcg}
   * @param seed of the draws
   */
  public static PairedBootstrap compare(
      RankingReport first, RankingReport second, ToDoubleFunction<CaseMetrics> figure, long seed) {
    PairedDifferences differences =
        new PairedDifferences(figures(first, figure), figures(second, figure));
    PairedDifferences.Draws drawn = differences.draw(DRAWS, seed);
    return new PairedBootstrap(
        differences.mean(),
        drawn.low((int) (DRAWS * 0.025), CONFIDENCE),
        drawn.high((int) (DRAWS * 0.975), CONFIDENCE),
        drawn.better());
  }

  private static double[] figures(RankingReport report, ToDoubleFunction<CaseMetrics> figure) {
    return report.cases().stream().mapToDouble(figure).toArray();
  }
}
