// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.planted.PlantedTastes;

/** A budget of 100 s, of which 60 are for choosing, and candidates that move the clock. */
class TrialsTest {
  private static final EvaluationSet CASES =
      new LeaveLastOut().split(new PlantedTastes(2, 10, 12, 4, 1).interactions()).validation();
  private static final AutoCandidate CANDIDATE =
      new AutoCandidate(ImplicitAlsOptions.defaults(), HistoryWeighting.uniform());

  private record Alike() implements Ranker {
    @Override
    public String label() {
      return "alike";
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      Arrays.fill(scores, 1);
    }
  }

  private final AtomicLong clock = new AtomicLong();

  private Trials trials(Workers workers, Optional<Duration> budget) {
    return new Trials(new RankingEvaluation(10, workers), budget, clock::get);
  }

  private Ranker taking(long seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    return new Alike();
  }

  private boolean judged(Trials trials, double work, long seconds) {
    return trials.judge(CANDIDATE, 1, CASES, work, () -> taking(seconds)).isPresent();
  }

  @Test
  void judge_leavesOutWhatSurelyWouldNotEndInTime_andTriesWhatMay() {
    try (Workers workers = new Workers(1)) {
      Trials trials = trials(workers, Optional.of(Duration.ofSeconds(100)));
      assertTrue(judged(trials, 1e9, 10));
      // 50 s are left: 500 s by the pace would be 125 at a fourth of it, 150 s may be 37.
      assertFalse(judged(trials, 50e9, 10));
      assertEquals(1, trials.skipped());
      assertTrue(judged(trials, 15e9, 10));
      assertTrue(judged(trials, 1e9, 45));
      assertFalse(judged(trials, 1, 1));
      // What the rule asks for has the time that is kept for what ships.
      assertTrue(trials.owed(CANDIDATE, 3, CASES, 1, () -> taking(40)).isPresent());
      assertTrue(trials.owed(CANDIDATE, 3, CASES, 1, () -> taking(1)).isEmpty());
      assertEquals(3, trials.skipped());
      assertEquals(4, trials.all().size());
    }
  }

  @Test
  void judge_withoutABudget_triesEverything() {
    try (Workers workers = new Workers(1)) {
      Trials trials = trials(workers, Optional.empty());
      assertTrue(judged(trials, 1, 1_000_000));
      assertTrue(judged(trials, 1e300, 1_000_000));
      assertEquals(0, trials.skipped());
    }
  }
}
