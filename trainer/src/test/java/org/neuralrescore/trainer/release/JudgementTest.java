// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.eval.BeyondAccuracy;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.Verdict.Standing;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.scorer.ScorerChoice.Variant;

class JudgementTest {
  private static final FactorMatrix SPREAD = factors(true);

  private static FactorMatrix factors(boolean spread) {
    float[] values = new float[64 * 16];
    for (int r = 0; r < 64; r++) {
      for (int f = 0; f < 16; f++) {
        values[r * 16 + f] = !spread || f == r % 16 ? 1f + r : 0f;
      }
    }
    return new FactorMatrix(64, 16, values);
  }

  private static Scoreboard board(double model, double ease) {
    return Scoreboard.of(
        List.of(survey("model", model), survey("dot", 1), survey("ease", ease)),
        1,
        Progress.none());
  }

  private static RankingSurvey survey(String label, double ndcg) {
    return new RankingSurvey(
        new RankingReport(
            label, 10, Collections.nCopies(50, new CaseMetrics(ndcg, ndcg, ndcg, 0, 0))),
        new BeyondAccuracy(0, 0, 0),
        List.of(),
        List.of());
  }

  @Test
  void of_aPlantedWinner_hasNothingToTry() {
    Judgement judgement = Judgement.of(board(.3, .2), SPREAD, Variant.BOTH);
    assertEquals(Standing.BETTER, judgement.verdict().orElseThrow().standing());
    assertEquals(List.of(), judgement.advice());
  }

  @Test
  void of_aLosingModel_isToldWhatToTry() {
    Judgement judgement = Judgement.of(board(.1, .2), SPREAD, Variant.BOTH);
    assertEquals(Standing.WORSE, judgement.verdict().orElseThrow().standing());
    assertTrue(judgement.advice().get(0).contains("tune"));
  }

  /** Weights that ship alone rank for each person, whatever the factors beside them do. */
  @Test
  void of_factorsThatNothingReads_isNoCollapse() {
    Judgement leading = Judgement.of(board(.3, .2), factors(false), Variant.WIDE);
    assertFalse(leading.collapsed());
    assertEquals(List.of(), leading.advice());
    Judgement losing = Judgement.of(board(.1, .2), factors(false), Variant.WIDE);
    assertTrue(losing.advice().get(0).startsWith("to try"), losing.advice()::toString);
  }

  @Test
  void of_aPlantedCollapse_isTold_evenWhereTheModelLeads() {
    Judgement judgement = Judgement.of(board(.3, .2), factors(false), Variant.DOT);
    assertTrue(judgement.collapsed());
    assertTrue(judgement.advice().get(0).startsWith("the 16 factors collapsed"));
  }
}
