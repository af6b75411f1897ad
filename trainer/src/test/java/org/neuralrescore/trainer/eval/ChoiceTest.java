// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  /** A variant whose every {@code step}th of 200 cases is a hit. */
  private static RankingReport candidate(String label, int step) {
    return new RankingReport(
        label,
        10,
        IntStream.range(0, 200)
            .mapToObj(c -> c % step == 0 ? 1.0 : 0.0)
            .map(hit -> new CaseMetrics(hit, hit, hit, hit, hit))
            .toList());
  }

  @Test
  void among_variantsThatSurelyWin_takesTheBest() {
    Choice choice =
        Choice.among(
            List.of(candidate("dot", 10), candidate("pipeline", 5), candidate("joint", 2)), 1);

    assertEquals("joint", choice.shipped().label());
    assertEquals(2, choice.leads().size());
    assertTrue(choice.reason().contains("joint with NDCG 0.5000 beats"), choice.reason());
  }

  @Test
  void among_variantsThatAreNoBetter_shipsTheDotProduct() {
    Choice choice =
        Choice.among(
            List.of(candidate("dot", 5), candidate("pipeline", 5), candidate("joint", 10)), 1);

    assertEquals("dot", choice.shipped().label());
    assertTrue(choice.reason().contains("does not surely beat"), choice.reason());
  }

  @Test
  void among_aVariantThatIsBetterByLuckAlone_shipsTheDotProduct() {
    Choice choice = Choice.among(List.of(candidate("dot", 11), candidate("transfer", 10)), 1);

    assertTrue(
        choice.leads().get(0).difference() > 0 && choice.leads().get(0).probability() < Choice.BAR,
        choice.toString());
    assertEquals("dot", choice.shipped().label());
  }

  @Test
  void among_moreVariants_asksEachForMore() {
    assertEquals(0.9, Choice.shared(0.9, 1), 1e-12);
    assertEquals(0.975, Choice.shared(0.9, 4), 1e-12);
    // Better in about 96 % of the draws: enough alone, not enough as one of four.
    RankingReport better = candidate("joint", 11);
    RankingReport dot = candidate("dot", 20);
    double probability = Choice.among(List.of(dot, better), 1).leads().get(0).probability();
    assertTrue(probability > 0.9 && probability < 0.975, "probability " + probability);

    assertEquals("joint", Choice.among(List.of(dot, better), 1).shipped().label());
    assertEquals(
        "dot",
        Choice.among(
                List.of(
                    dot,
                    candidate("pipeline", 20),
                    better,
                    candidate("multitask", 20),
                    candidate("transfer", 20)),
                1)
            .shipped()
            .label());
  }

  @Test
  void among_oneCandidate_shipsIt_andSaysSo() {
    Choice choice = Choice.among(List.of(candidate("dot", 5)), 1);
    assertFalse(choice.beaten());
    assertEquals(0.0, choice.lead().probability());
    assertEquals("nothing but dot was asked for", choice.reason());
  }

  @Test
  void among_noCandidates_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Choice.among(List.of(), 1));
  }
}
