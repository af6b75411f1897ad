// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.scorer.ScorerChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.wide.WideOptions;

class WideTrainingTest {
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withFactors(ImplicitAlsOptions.defaults().withRank(4).withSweeps(6))
          .withScorer(ScorerOptions.defaults().withHidden(List.of(8)).withEpochs(6))
          .withWide(List.of(WideOptions.defaults().withLambda(5)));

  private static Interactions read(List<String> lines) {
    return PlantedLines.read(lines);
  }

  /** 120 pairs of items that go together, more than four factors can hold. */
  private static Interactions pairs() {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < 600; u++) {
      int n = 0;
      int[] pairs = random.ints(0, 120).distinct().limit(5).toArray();
      for (String side : List.of("a", "b")) {
        for (int pair : pairs) {
          lines.add("u" + u + "," + side + pair + ",5," + (1_000_000_000L + 3_600L * n++));
        }
      }
    }
    return read(lines);
  }

  private static Interactions noise() {
    SplittableRandom random = new SplittableRandom(9);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < 400; u++) {
      int n = 0;
      for (int item : random.ints(0, 150).distinct().limit(9).toArray()) {
        lines.add("u" + u + ",i" + item + ",5," + (1_000_000_000L + 3_600L * n++));
      }
    }
    return read(lines);
  }

  private static RankingReport report(TrainingResult of, String label) {
    return of.reports().stream()
        .filter(ranking -> ranking.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void run_whereThingsGoInPairs_shipsTheWidePart() {
    Interactions data = pairs();
    TrainingResult result = Training.run(data, OPTIONS, Progress.none());
    assertTrue(result.choice().variant() != ScorerChoice.Variant.DOT, result.choice().reason());
    assertTrue(result.model().scorer().inputs().wide());
    assertTrue(result.model().scorer().wideScale() > 0);
    assertEquals(data.users().size(), result.model().wide().orElseThrow().users().size());
    PairedBootstrap gain =
        PairedBootstrap.compare(
            report(result, "model"), report(result, "dot"), CaseMetrics::ndcg, 1);
    assertTrue(gain.low() > 0.2, "" + gain);
    assertTrue(report(result, "wide").mean().ndcg() > 0.5);
  }

  @Test
  void run_withoutANetwork_choosesAmongTheLinearParts() {
    TrainingResult result =
        Training.run(
            pairs(), OPTIONS.withScorer(OPTIONS.scorer().withHidden(List.of())), Progress.none());
    ScorerChoice.Variant variant = result.choice().variant();
    assertTrue(
        variant == ScorerChoice.Variant.WIDE || variant == ScorerChoice.Variant.BOTH, "" + variant);
    assertTrue(result.model().scorer().layers().isEmpty());
    assertEquals(variant == ScorerChoice.Variant.WIDE, result.model().scorer().dotScale() == 0f);
  }

  /**
   * Factors that came to nothing: what histories say is all there is.
   *
   * @param stages hears what was asked for
   */
  private static TrainingResult withoutFactors(
      ImplicitAlsOptions factors, List<Factorisation.Stage> stages) {
    return Training.run(
        pairs(),
        OPTIONS.withFactors(factors).withScorer(OPTIONS.scorer().withHidden(List.of())),
        Optional.empty(),
        (stage, solver, weights, progress) -> {
          stages.add(stage);
          if (stage == Factorisation.Stage.FEW) {
            return Factorisation.cold().factorise(stage, solver, weights, progress);
          }
          double[] rows = new double[weights.rowCount() * factors.rank()];
          double[] columns = new double[weights.columnCount() * factors.rank()];
          return new FactorResult(new Factors(factors.rank(), rows, columns), List.of(1.0));
        },
        Progress.none());
  }

  @Test
  void run_whereNothingReadsFactors_keepsFew_andMeasuresAll() {
    ImplicitAlsOptions all = ImplicitAlsOptions.defaults();
    List<Factorisation.Stage> stages = new ArrayList<>();
    TrainingResult result = withoutFactors(all, stages);
    assertEquals(List.of(Factorisation.Stage.values()), stages);
    assertEquals(ScorerChoice.Variant.WIDE, result.choice().variant(), result.choice().reason());
    assertEquals(8, result.model().rank());
    assertTrue(
        result.choice().reason().contains("8 of " + all.rank() + " are kept"),
        result.choice().reason());
    assertEquals(report(result, "wide").mean(), report(result, "model").mean());
    assertTrue(report(result, "dot").mean().ndcg() < 0.1);
    assertEquals(report(result, "wide").mean(), report(result, "wide + dot").mean());
  }

  @Test
  void run_whereNothingReadsFactors_keepsARankOfOnesOwn() {
    TrainingResult result =
        withoutFactors(ImplicitAlsOptions.defaults().withRank(12), new ArrayList<>());
    assertEquals(ScorerChoice.Variant.WIDE, result.choice().variant(), result.choice().reason());
    assertEquals(12, result.model().rank());
  }

  @Test
  void run_ofSeveralWays_takesTheOneThatIsBestOnValidation() {
    WideOptions good = WideOptions.defaults().withLambda(5);
    TrainingResult result =
        Training.run(
            pairs(),
            OPTIONS
                .withScorer(OPTIONS.scorer().withHidden(List.of()))
                .withWide(List.of(good.withMinTogether(10_000), good)),
            Progress.none());
    assertEquals(good, result.choice().wide().orElseThrow().options());
    assertEquals(2, result.choice().wide().orElseThrow().tried());
    assertTrue(result.choice().reason().contains("best of 2 ways"), result.choice().reason());
  }

  @Test
  void run_thatIsHeldToUsersPerItem_holdsPairsToThem() {
    TrainingOptions options = OPTIONS.withScorer(OPTIONS.scorer().withHidden(List.of()));
    CoreRule core = new CoreRule(1, 1, 8);
    TrainingResult result =
        Training.run(pairs(), options.withRows(options.rows().withCore(core)), Progress.none());
    assertEquals(8, result.choice().wide().orElseThrow().options().minTogether());
  }

  @Test
  void run_inNoise_findsNoLead() {
    TrainingResult result = Training.run(noise(), OPTIONS, Progress.none());
    PairedBootstrap lead =
        PairedBootstrap.compare(
            report(result, "model"), report(result, "popularity"), CaseMetrics::ndcg, 1);
    assertTrue(lead.low() < 0, "" + lead);
  }

  @Test
  void run_onAnyNumberOfThreads_givesTheSameBits() {
    Interactions data = pairs();
    TrainingOptions few = OPTIONS.withScorer(OPTIONS.scorer().withEpochs(2));
    TrainingResult one = Training.run(data, few.withThreads(1), Progress.none());
    TrainingResult three = Training.run(data, few.withThreads(3), Progress.none());
    assertArrayEquals(
        one.model().wide().orElseThrow().neighbours().weights(),
        three.model().wide().orElseThrow().neighbours().weights());
    assertEquals(one.model().scorer().wideScale(), three.model().scorer().wideScale());
    assertEquals(report(one, "model").mean(), report(three, "model").mean());
  }

  @Test
  void withoutUsers_nobodysHistoryStays() {
    TrainingResult result = Training.run(pairs(), OPTIONS, Progress.none());
    assertEquals(0, result.model().withoutUsers().wide().orElseThrow().users().size());
    assertFalse(result.model().wide().orElseThrow().users().items().length == 0);
  }
}
