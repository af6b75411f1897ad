package org.neuralrescore.trainer.combine.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.ScorerWeights;

class VariantChoiceTest {
  /** A variant whose every {@code step}th of 200 cases is a hit. */
  private static Variant variant(Method method, int step) {
    List<CaseMetrics> cases =
        IntStream.range(0, 200)
            .mapToObj(c -> c % step == 0 ? 1.0 : 0.0)
            .map(hit -> new CaseMetrics(hit, hit, hit, hit, hit))
            .toList();
    return new Variant(
        method,
        new HistoryEncoder(
            new FactorMatrix(1, 1, new float[1]),
            new ImplicitFoldIn(1, new float[1], 1f, 1f, 1),
            HistoryWeighting.uniform()),
        new ScorerWeights(1, 1f, 0f, List.of()),
        new RankingReport(method.label(), 10, cases),
        "");
  }

  @Test
  void among_variantsThatSurelyWin_takesTheBest() {
    VariantChoice choice =
        VariantChoice.among(
            List.of(variant(Method.DOT, 10), variant(Method.PIPELINE, 5), variant(Method.JOINT, 2)),
            1);

    assertEquals(Method.JOINT, choice.winner());
    assertEquals(
        List.of(Method.PIPELINE, Method.JOINT),
        choice.gains().stream().map(VariantChoice.Gain::method).toList());
    assertTrue(choice.reason().contains("joint with NDCG 0.5000 beats"), choice.reason());
  }

  @Test
  void among_variantsThatAreNoBetter_shipsTheDotProduct() {
    VariantChoice choice =
        VariantChoice.among(
            List.of(variant(Method.DOT, 5), variant(Method.PIPELINE, 5), variant(Method.JOINT, 10)),
            1);

    assertEquals(Method.DOT, choice.winner());
    assertTrue(choice.reason().contains("does not surely beat"), choice.reason());
  }

  @Test
  void among_aVariantThatIsBetterByLuckAlone_shipsTheDotProduct() {
    VariantChoice choice =
        VariantChoice.among(List.of(variant(Method.DOT, 11), variant(Method.TRANSFER, 10)), 1);

    assertTrue(
        choice.gains().get(0).bootstrap().difference() > 0
            && choice.gains().get(0).bootstrap().probability() < VariantChoice.BAR,
        choice.toString());
    assertEquals(Method.DOT, choice.winner());
  }

  @Test
  void among_moreVariants_asksEachForMore() {
    assertEquals(0.9, VariantChoice.bar(1), 1e-12);
    assertEquals(0.975, VariantChoice.bar(4), 1e-12);
    // Better in about 96 % of the draws: enough alone, not enough as one of four.
    Variant better = variant(Method.JOINT, 11);
    Variant dot = variant(Method.DOT, 20);
    double probability =
        VariantChoice.among(List.of(dot, better), 1).gains().get(0).bootstrap().probability();
    assertTrue(probability > 0.9 && probability < 0.975, "probability " + probability);

    assertEquals(Method.JOINT, VariantChoice.among(List.of(dot, better), 1).winner());
    assertEquals(
        Method.DOT,
        VariantChoice.among(
                List.of(
                    dot,
                    variant(Method.PIPELINE, 20),
                    better,
                    variant(Method.MULTITASK, 20),
                    variant(Method.TRANSFER, 20)),
                1)
            .winner());
  }

  @Test
  void among_noVariants_orNoDotProduct_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> VariantChoice.among(List.of(), 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> VariantChoice.among(List.of(variant(Method.JOINT, 2)), 1));
  }
}
