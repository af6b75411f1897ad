// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.BundleContent;
import org.neuralrescore.trainer.bundle.BundleWriter;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.EveryMethod;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.RecentVectors;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.planted.PlantedMoods;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.scorer.FeatureChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.feature.FeatureOptions;
import org.neuralrescore.trainer.scorer.feature.ItemFeature;
import org.neuralrescore.trainer.served.BundleRanker;

/**
 * The recent vector from the flag to the bundle, where the next item is of the last items' kind.
 */
class RecentTrainingTest {
  private static final RecentItems THREE = RecentItems.of(3);
  private static final FeatureOptions RECENT = FeatureOptions.none().withRecent(THREE);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withFactors(ImplicitAlsOptions.defaults().withRank(8).withSweeps(8))
          .withScorer(
              ScorerOptions.defaults()
                  .withHidden(List.of(16))
                  .withEpochs(12)
                  .withLearning(0.005, 0.01))
          .withFeatures(RECENT);

  @TempDir static Path folder;

  private static Interactions moods;
  private static TrainingResult trained;

  @BeforeAll
  static void train() {
    moods = PlantedMoods.interactions(500, 14, 3);
    trained = Training.run(moods, OPTIONS, Progress.none());
  }

  @Test
  void run_whereTheLastItemsDecide_shipsTheRecentVectorAndSurelyBeatsTheNetworkWithout() {
    FeatureChoice choice = trained.choice().features().orElseThrow();
    assertTrue(choice.ships(), choice.reason());
    assertEquals(List.of("recent"), choice.asked());
    assertTrue(choice.reason().startsWith("with recent the network's"), choice.reason());
    assertEquals(
        List.of("model", "dot", "popularity", "without features"),
        trained.reports().stream().map(RankingReport::label).toList());
    PairedBootstrap gain =
        PairedBootstrap.compare(
            trained.reports().get(0), trained.reports().get(3), CaseMetrics::ndcg, 1);
    assertTrue(gain.low() > 0.02, gain.toString());
  }

  @Test
  void run_servesTheNewestItemsOfEveryUser_andTheirMeanForWhoIsUnknown() {
    TrainedModel model = trained.model();
    RecentVectors recent = model.recent().orElseThrow();
    assertEquals(Optional.of(THREE), model.scorer().inputs().recent());
    var seen = trained.test().seen();
    double[] sum = new double[model.rank()];
    for (int u = 0; u < model.users().size(); u++) {
      float[] rows = new float[3 * model.rank()];
      for (int i = 0; i < 3; i++) {
        System.arraycopy(
            model.itemFactors().row(seen.item(seen.end(u) - 3 + i)),
            0,
            rows,
            i * model.rank(),
            model.rank());
      }
      float[] expected = model.foldIn().encode(rows, new float[] {0.64f, 0.8f, 1f});
      assertArrayEquals(expected, recent.users().row(u), 1e-5f);
      for (int f = 0; f < sum.length; f++) {
        sum[f] += expected[f];
      }
    }
    for (int f = 0; f < sum.length; f++) {
      assertEquals(sum[f] / model.users().size(), recent.unknown().values()[f], 1e-4);
    }
  }

  @Test
  void run_withARecentVector_givesTheSameBits_onAnyNumberOfThreads() {
    TrainingOptions brief = OPTIONS.withScorer(OPTIONS.scorer().withEpochs(3));
    TrainedModel one = Training.run(moods, brief.withThreads(1), Progress.none()).model();
    assertTrue(one.recent().isPresent());
    for (int threads : new int[] {2, 4}) {
      TrainedModel more = Training.run(moods, brief.withThreads(threads), Progress.none()).model();
      assertArrayEquals(
          one.recent().get().users().values(), more.recent().orElseThrow().users().values());
      for (int l = 0; l < one.scorer().layers().size(); l++) {
        assertArrayEquals(
            one.scorer().layers().get(l).weights(), more.scorer().layers().get(l).weights());
        assertArrayEquals(
            one.scorer().layers().get(l).bias(), more.scorer().layers().get(l).bias());
      }
    }
  }

  @Test
  void run_whereTheLastItemsSayNothingMore_shipsWhatShipsWithoutThem() {
    Interactions tastes = new PlantedTastes(4, 200, 80, 10, 5).interactions();
    TrainingOptions options = OPTIONS.withScorer(OPTIONS.scorer().withEpochs(4));
    TrainingResult with = Training.run(tastes, options, Progress.none());
    TrainingResult without =
        Training.run(tastes, options.withFeatures(FeatureOptions.none()), Progress.none());

    FeatureChoice choice = with.choice().features().orElseThrow();
    assertFalse(choice.ships(), choice.reason());
    assertTrue(with.model().recent().isEmpty());
    assertEquals("with features", with.reports().get(3).label());
    assertEquals(without.reports(), with.reports().subList(0, 3));
    assertEquals(without.model().scorer().dotScale(), with.model().scorer().dotScale());
  }

  private static Bundle bundle(TrainedModel model, TrainingOptions options, String name) {
    BundleContent content =
        new BundleContent(
            name,
            model,
            List.of(),
            new Provenance(
                "0".repeat(64),
                1,
                Map.of(
                    "weighting",
                    Map.of(
                        "floor",
                        options.weighting().floor(),
                        "decayDays",
                        options.weighting().decayDays())),
                Map.of("neural-rescore", "test")),
            Map.of());
    return Bundle.open(new BundleWriter(folder.resolve("models")).write(content).folder());
  }

  /** The same reports from the bundle's own graphs as from the trainer's arithmetic. */
  private static void assertServedAlike(TrainingResult result, Bundle bundle, Interactions data) {
    assertTrue(bundle.checkParity() <= 1e-4);
    try (BundleRanker ranker = new BundleRanker("model", bundle, data.items());
        Workers workers = new Workers(2)) {
      RankingReport served =
          new RankingEvaluation(10, workers).evaluate(ranker, result.test(), Progress.none());
      assertEquals(result.reports().get(0).mean().ndcg(), served.mean().ndcg(), 1e-4);
      float[] expected = new float[data.items().size()];
      ranker.score(result.test(), 0, expected);
      float[] other = expected.clone();
      ranker.score(result.test(), 1, other);
      assertFalse(java.util.Arrays.equals(expected, other));
    }
  }

  @Test
  void bundle_ranksThroughItsOwnGraphsAsTheTrainerDoes_withAndWithoutUserVectors() {
    Bundle bundle = bundle(trained.model(), OPTIONS, "moods");
    assertEquals(THREE.weights(), bundle.manifest().users().recent().orElseThrow().items());
    assertArrayEquals(
        trained.model().recent().orElseThrow().users().values(), bundle.userRecent().values());
    assertServedAlike(trained, bundle, moods);

    Bundle nameless = bundle(trained.model().withoutUsers(), OPTIONS, "nameless");
    assertEquals(0, nameless.userRecent().rows());
    assertFalse(nameless.manifest().files().containsKey("user-recent.npy"));
    assertServedAlike(trained, nameless, moods);
  }

  @ParameterizedTest
  @ValueSource(strings = {"last-fraction:0.2", "global-time:0.1", "user-disjoint:0.2:0.8"})
  void run_byAnyProtocol_ranksWithWhatEachCaseHasSeen(String protocol) {
    TrainingOptions options =
        OPTIONS
            .withScorer(OPTIONS.scorer().withEpochs(6))
            .withProtocol(SplitProtocol.of(protocol, 42));
    TrainingResult result = Training.run(moods, options, Progress.none());
    assertTrue(result.model().recent().isPresent(), result.choice().reason());
    assertServedAlike(
        result, bundle(result.model(), options, protocol.replaceAll("[^a-z]", "")), moods);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kl-cd", "e-a-hals", "neighbours"})
  void run_overFactorsOfAnyLoss_encodesByItsOwnFoldIn(String method) {
    TrainingOptions options =
        OPTIONS
            .withScorer(OPTIONS.scorer().withEpochs(6))
            .withFactors(EveryMethod.of(method).with(8, 8, 42));
    TrainingResult result = Training.run(moods, options, Progress.none());
    assertTrue(result.model().recent().isPresent(), result.choice().reason());
    assertServedAlike(result, bundle(result.model(), options, "by-" + method), moods);
  }

  @Test
  void run_besideFeaturesOfItems_isOneChoice() {
    TrainingResult both =
        Training.run(
            moods,
            OPTIONS.withFeatures(
                new FeatureOptions(
                    List.of(ItemFeature.POPULARITY), Optional.empty(), Optional.of(THREE))),
            Progress.none());
    FeatureChoice choice = both.choice().features().orElseThrow();
    assertEquals(List.of("popularity", "recent"), choice.asked());
    assertTrue(choice.ships(), choice.reason());
    assertEquals(1, both.model().features().width());
    assertServedAlike(both, bundle(both.model(), OPTIONS, "both"), moods);
  }

  @Test
  void combinations_shipAPipelineThatReadsTheRecentVector() {
    CombinationResult result =
        Combinations.run(
            moods,
            CombinationOptions.of(OPTIONS, OptionalInt.empty())
                .withMethods(EnumSet.of(Method.PIPELINE)),
            ItemKnowledge.none(moods.items().size()),
            Progress.none());
    assertEquals(Method.PIPELINE, result.winner());
    FactorMatrix users = result.training().model().recent().orElseThrow().users();
    assertEquals(moods.users().size(), users.rows());
  }

  @Test
  void options_recentWithoutANetwork_areRefused() {
    ScorerOptions none = OPTIONS.scorer().withHidden(List.of());
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withScorer(none));
    assertTrue(error.getMessage().contains("--recent"), error.getMessage());
  }
}
