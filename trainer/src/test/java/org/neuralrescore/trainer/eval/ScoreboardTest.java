// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;

class ScoreboardTest {
  private final List<String> heard = new ArrayList<>();

  private final Progress progress =
      (name, total) -> {
        heard.add(name + " of " + total);
        return new Progress.Task() {
          @Override
          public void advance(long units) {
            heard.add("+" + units);
          }

          @Override
          public void note(String text) {}

          @Override
          public void close() {
            heard.add("end");
          }
        };
      };

  private static RankingSurvey survey(String label, double... hits) {
    List<CaseMetrics> cases =
        DoubleStream.of(hits).mapToObj(hit -> new CaseMetrics(hit, hit / 2, hit, 0, 0)).toList();
    return new RankingSurvey(
        new RankingReport(label, 10, cases), new BeyondAccuracy(0, 0, 0), List.of(), List.of());
  }

  @Test
  void of_putsTheModelFirst_andItsLeadBesideTheOthers() {
    Scoreboard board =
        Scoreboard.of(
            List.of(survey("model", 1, 1, 0, 1), survey("other", 0, 1, 0, 0)), 1, progress);
    assertEquals("model", board.model().ranking().label());
    assertTrue(board.rows().get(0).lead().isEmpty());
    assertEquals(0.75, board.rows().get(0).hitRate().mean());
    Scoreboard.Lead lead = board.rows().get(1).lead().orElseThrow();
    assertEquals(0.5, lead.hitRate().difference());
    assertEquals(0.25, lead.ndcg().difference());
    assertTrue(lead.hitRate().low() <= 0.5 && lead.hitRate().high() >= 0.5);
  }

  @Test
  void of_tellsHowFarTheDrawingIs() {
    Scoreboard board =
        Scoreboard.of(List.of(survey("model", 1, 0), survey("other", 0, 1)), 1, progress);
    assertEquals(2, board.rows().size());
    assertEquals(List.of("intervals of 2", "+1", "+1", "end"), heard);
  }

  @Test
  void of_noModel_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Scoreboard.of(List.of(), 1, Progress.none()));
  }
}
