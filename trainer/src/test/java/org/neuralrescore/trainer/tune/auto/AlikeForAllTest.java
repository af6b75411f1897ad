// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

class AlikeForAllTest {
  private static final AutoCandidate ONE =
      new AutoCandidate(ImplicitAlsOptions.defaults().withRank(1), HistoryWeighting.uniform());

  /** So many hits in so many cases. */
  private static RankingReport report(String label, int hits, int cases) {
    return new RankingReport(
        label,
        10,
        IntStream.range(0, cases)
            .mapToObj(c -> c < hits ? 1.0 : 0.0)
            .map(hit -> new CaseMetrics(hit, hit, hit, hit, hit))
            .toList());
  }

  private static Optional<AutoCandidate> ships(RankingReport... found) {
    AutoTrial one = new AutoTrial(ONE, 3, report("rank 1", 100, 200));
    return AlikeForAll.unbeaten(one, List.of(found), 7).map(FactorSearch.Winner::candidate);
  }

  @Test
  void unbeaten_shipsOneFactor_whereNothingIsLikelyBetter() {
    assertEquals(Optional.of(ONE), ships(report("als", 99, 200), report("wide", 98, 200)));
    assertEquals(Optional.empty(), ships(report("als", 99, 200), report("wide", 140, 200)));
  }

  /** Weights that the time left on all cases were never asked these: they are not thrown away. */
  @Test
  void unbeaten_besideWhatWasAskedOtherCases_shipsNothing() {
    assertEquals(Optional.empty(), ships(report("als", 99, 200), report("wide", 1_400, 2_000)));
    assertEquals(Optional.empty(), ships(report("als", 99, 2_000)));
  }
}
