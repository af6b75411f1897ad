// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.eval.Verdict.Standing;

class VerdictTest {
  private static final int CASES = 400;

  /** Ndcg of each case as given. */
  private static RankingSurvey survey(String label, IntToDoubleFunction ndcg) {
    return survey(label, CASES, ndcg);
  }

  private static RankingSurvey survey(String label, int count, IntToDoubleFunction ndcg) {
    List<CaseMetrics> cases =
        IntStream.range(0, count)
            .mapToObj(
                c -> {
                  double value = ndcg.applyAsDouble(c);
                  return new CaseMetrics(value, value, value, 0, 0);
                })
            .toList();
    return new RankingSurvey(
        new RankingReport(label, 10, cases), new BeyondAccuracy(0, 0, 0), List.of(), List.of());
  }

  private static Optional<Verdict> verdict(RankingSurvey... surveys) {
    return Verdict.of(
        Scoreboard.of(List.of(surveys), 1, Progress.none()), List.of("popularity", "ease"));
  }

  @Test
  void of_isAgainstTheStrongestBaseline_andNotAgainstFormsOfTheModel() {
    Verdict verdict =
        verdict(
                survey("model", c -> .4),
                survey("dot", c -> .9),
                survey("popularity", c -> .1),
                survey("ease", c -> c % 2 == 0 ? .3 : .1))
            .orElseThrow();
    assertEquals("ease", verdict.baseline());
    assertEquals(Standing.BETTER, verdict.standing());
    assertEquals(.2, verdict.lead().difference(), 1e-9);
    assertEquals(2, verdict.baselines());
  }

  @Test
  void of_aLosingModel_isSaidToBeWorse() {
    Verdict verdict =
        verdict(survey("model", c -> c % 2 * .1), survey("ease", c -> .3)).orElseThrow();
    assertEquals(Standing.WORSE, verdict.standing());
    assertTrue(
        verdict
            .sentence()
            .startsWith(
                "worse than ease, the one baseline measured: NDCG@10 0.0500 against 0.3000,"
                    + " -0.2500 ["),
        verdict.sentence());
  }

  @Test
  void of_aDifferenceThatTheCasesDoNotShow_isLevel() {
    // The same cases found in another order: no mean difference, a wide interval.
    Verdict verdict =
        verdict(survey("model", c -> c % 2), survey("ease", c -> (c + 1) % 2)).orElseThrow();
    assertEquals(Standing.LEVEL, verdict.standing());
    assertTrue(verdict.lead().low() < 0 && verdict.lead().high() > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void of_aFewCases_isLevel(int cases) {
    RankingSurvey all = survey("model", cases, c -> .9);
    RankingSurvey none = survey("ease", cases, c -> 0);
    assertEquals(Standing.LEVEL, verdict(all, none).orElseThrow().standing());
    RankingSurvey strong = survey("ease", cases, c -> 1);
    assertEquals(Standing.LEVEL, verdict(all, strong).orElseThrow().standing());
  }

  @Test
  void of_equalRankings_areLevel() {
    assertEquals(
        Standing.LEVEL,
        verdict(survey("model", c -> .2), survey("ease", c -> .2)).orElseThrow().standing());
  }

  @Test
  void of_noBaseline_saysNothing() {
    assertTrue(verdict(survey("model", c -> .4), survey("dot", c -> .9)).isEmpty());
  }
}
