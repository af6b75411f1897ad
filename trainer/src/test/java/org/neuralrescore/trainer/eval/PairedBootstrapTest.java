// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  private static RankingReport report(double[] ndcg) {
    List<CaseMetrics> cases = new ArrayList<>();
    for (double value : ndcg) {
      cases.add(new CaseMetrics(0, value, 0, 0, 0));
    }
    return new RankingReport("test", 10, cases);
  }

  @Test
  void compare_findsTheIntervalOfTheNormalTheory() {
    SplittableRandom random = new SplittableRandom(1);
    double[] first = new double[1000];
    double[] second = new double[1000];
    for (int i = 0; i < first.length; i++) {
      double shared = random.nextDouble();
      first[i] = shared + 0.02 + 0.1 * random.nextGaussian();
      second[i] = shared;
    }
    PairedBootstrap gain =
        PairedBootstrap.compare(report(first), report(second), CaseMetrics::ndcg, 1);
    double standardError = 0.1 / Math.sqrt(1000);
    assertEquals(gain.difference() - 1.96 * standardError, gain.low(), 0.5 * standardError);
    assertEquals(gain.difference() + 1.96 * standardError, gain.high(), 0.5 * standardError);
    assertTrue(gain.probability() > 0.99);
  }

  @Test
  void compare_ofEqualReports_isNeverBetter() {
    RankingReport same = report(new double[] {0.1, 0.9, 0.4});
    PairedBootstrap gain = PairedBootstrap.compare(same, same, CaseMetrics::ndcg, 1);
    assertEquals(0.0, gain.probability());
    assertEquals(0.0, gain.high());
  }

  @Test
  void compare_ofDifferentCases_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PairedBootstrap.compare(
                report(new double[] {1}), report(new double[] {1, 1}), CaseMetrics::ndcg, 1));
  }
}
