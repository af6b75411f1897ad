// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.wide.WideOptions;

class WideSearchTest {
  private static final Split SPLIT =
      new LeaveLastOut().split(new PlantedTastes(4, 80, 60, 8, 5).interactions());

  /** A few easy cases say nothing against all of them. */
  @Test
  void run_whereTheTimeEndsBetweenTwoDirections_takesTheOneThatWasAskedAllCases() {
    for (long seed = 0; seed < 20; seed++) {
      EvaluationSet few = SPLIT.validation().sample(20, new SplittableRandom(seed));
      assertEquals(SPLIT.validation().size(), runUntilTheFifth(few).cases());
    }
  }

  /** Four candidates of the first rung, and one of the second. */
  private static AutoTrial runUntilTheFifth(EvaluationSet few) {
    AtomicLong clock = new AtomicLong();
    try (Workers workers = new Workers(1)) {
      Trials trials =
          new Trials(
              new RankingEvaluation(10, workers),
              Optional.of(Duration.ofNanos(7)),
              clock::getAndIncrement);
      AutoTrial end =
          new WideSearch(trials, SPLIT.fit(), WideOptions.defaults(), 7, workers)
              .run(List.of(HistoryWeighting.uniform()), false, false, few, SPLIT.validation())
              .orElseThrow();
      assertEquals(5, trials.all().size());
      return end;
    }
  }

  @Test
  void mostCandidates_areAllOfASmallCatalogue_andFewerOfALargeOne() {
    assertEquals(599, WideSearch.mostCandidates(599));
    assertEquals(368, WideSearch.mostCandidates(3_000));
    assertEquals(135, WideSearch.mostCandidates(60_000));
    assertEquals(1, WideSearch.mostCandidates(1));
  }
}
