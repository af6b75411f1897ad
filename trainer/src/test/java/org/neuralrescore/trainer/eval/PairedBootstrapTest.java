// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** So many cases of one sign are on one side by chance more often than one in twenty times. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void compare_ofFewDifferences_isNeverSure(int differing) {
    for (int ties : new int[] {0, 1000}) {
      double[] first = new double[differing + ties];
      Arrays.fill(first, 0, differing, 0.3);
      double[] second = new double[first.length];
      PairedBootstrap gain =
          PairedBootstrap.compare(report(first), report(second), CaseMetrics::ndcg, 1);
      assertTrue(gain.low() <= 0 && gain.high() > 0, () -> ties + " ties: " + gain);
      assertTrue(gain.probability() <= 1 - Math.pow(2, -differing), () -> ties + " ties: " + gain);
      PairedBootstrap loss =
          PairedBootstrap.compare(report(second), report(first), CaseMetrics::ndcg, 1);
      assertTrue(loss.low() < 0 && loss.high() >= 0, () -> ties + " ties: " + loss);
      assertTrue(loss.probability() >= Math.pow(2, -differing), () -> ties + " ties: " + loss);
    }
  }

  @Test
  void compare_ofMoreDifferences_isWhatTheBootstrapSays() {
    double[] first = {0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3};
    PairedBootstrap gain =
        PairedBootstrap.compare(report(first), report(new double[8]), CaseMetrics::ndcg, 1);
    assertEquals(0.3, gain.low(), 1e-9);
    assertEquals(0.3, gain.high(), 1e-9);
  }

  @Test
  void compare_ofEqualReports_isNeverBetter() {
    RankingReport same = report(new double[] {0.1, 0.9, 0.4, 0.2, 0.2, 0.3});
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
