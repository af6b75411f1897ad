// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.planted.PlantedFashions;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.scorer.FeatureChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.feature.FeatureOptions;
import org.neuralrescore.trainer.scorer.feature.ItemFeature;

class FeatureTrainingTest {
  private static final FeatureOptions NUMBERS =
      new FeatureOptions(List.of(ItemFeature.POPULARITY, ItemFeature.AGE), Optional.empty());
  private static final FeatureOptions ALL =
      new FeatureOptions(List.of(ItemFeature.values()), Optional.empty());
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withFactors(ImplicitAlsOptions.defaults().withRank(6).withSweeps(5))
          .withScorer(
              ScorerOptions.defaults()
                  .withHidden(List.of(16, 8))
                  .withEpochs(12)
                  .withLearning(0.005, 0.01))
          .withFeatures(NUMBERS);

  private static Interactions fashions;
  private static TrainingResult trained;

  @BeforeAll
  static void train() {
    fashions = PlantedFashions.interactions(400, 10, 3);
    trained = Training.run(fashions, OPTIONS, Progress.none());
  }

  @Test
  void run_whereAgeDecides_shipsTheFeaturesAndSurelyBeatsTheNetworkWithout() {
    assertTrue(trained.choice().readsFeatures(), trained.choice().reason());
    assertEquals(
        List.of("model", "dot", "popularity", "without features"),
        trained.reports().stream().map(report -> report.label()).toList());
    PairedBootstrap gain =
        PairedBootstrap.compare(
            trained.reports().get(0), trained.reports().get(3), CaseMetrics::ndcg, 1);
    assertTrue(gain.low() > 0.02, gain.toString());
  }

  @Test
  void run_servesTheFeaturesOfWhatWasLearnedFrom() {
    TrainedModel model = trained.model();
    assertEquals(
        List.of(FeatureBlock.number("popularity"), FeatureBlock.number("age")),
        model.features().blocks());
    int[] counts = trained.test().seen().popularity();
    for (int item = 0; item < counts.length; item++) {
      assertEquals(Math.log1p(counts[item]), model.features().rows()[2 * item], 1e-6);
    }
  }

  @Test
  void run_withFeatures_givesTheSameBits_onAnyNumberOfThreads() {
    ItemContent content = content(fashions, 5);
    TrainingOptions brief = OPTIONS.withFeatures(ALL).withScorer(OPTIONS.scorer().withEpochs(3));
    TrainedModel one = model(content, brief.withThreads(1));
    assertFalse(one.features().blocks().isEmpty());
    for (int threads : new int[] {2, 4}) {
      TrainedModel more = model(content, brief.withThreads(threads));
      assertArrayEquals(one.features().rows(), more.features().rows());
      assertEquals(one.scorer().inputs(), more.scorer().inputs());
      for (int l = 0; l < one.scorer().layers().size(); l++) {
        assertArrayEquals(
            one.scorer().layers().get(l).weights(), more.scorer().layers().get(l).weights());
        assertArrayEquals(
            one.scorer().layers().get(l).bias(), more.scorer().layers().get(l).bias());
      }
    }
  }

  private static TrainedModel model(ItemContent content, TrainingOptions options) {
    return Training.run(
            fashions, options, Optional.of(content), Factorisation.cold(), Progress.none())
        .model();
  }

  /** A vector for every item but those of a row that 7 divides. */
  private static ItemContent content(Interactions data, int width) {
    Map<String, float[]> byId = new HashMap<>();
    for (int row = 0; row < data.items().size(); row++) {
      if (row % 7 != 0) {
        float[] vector = new float[width];
        vector[row % width] = 1f;
        byId.put(data.items().get(row), vector);
      }
    }
    return ItemContent.of(data.items(), width, byId);
  }

  @Test
  void run_itemsWithoutContent_getZeros() {
    TrainedModel model =
        model(
            content(fashions, 5),
            OPTIONS.withFeatures(ALL).withScorer(OPTIONS.scorer().withEpochs(3)));
    FeatureBlock block = FeatureBlock.vector("content", 5);
    assertArrayEquals(new float[5], model.features().values(7, block));
    assertArrayEquals(new float[] {0, 0, 0, 1, 0}, model.features().values(8, block));
  }

  @Test
  void run_whereFeaturesSayNothing_shipsWhatShipsWithoutThem() {
    Interactions tastes = new PlantedTastes(4, 200, 80, 10, 5).interactions();
    TrainingOptions options = OPTIONS.withScorer(OPTIONS.scorer().withEpochs(4));
    TrainingResult with = Training.run(tastes, options, Progress.none());
    TrainingResult without =
        Training.run(tastes, options.withFeatures(FeatureOptions.none()), Progress.none());

    FeatureChoice choice = with.choice().features().orElseThrow();
    assertFalse(choice.ships(), choice.reason());
    assertTrue(with.model().features().blocks().isEmpty());
    assertEquals("with features", with.reports().get(3).label());
    assertEquals(without.reports(), with.reports().subList(0, 3));
    assertEquals(without.model().scorer().dotScale(), with.model().scorer().dotScale());
  }

  @Test
  void combinations_shipAPipelineThatReadsFeatures() {
    CombinationResult result =
        Combinations.run(
            fashions,
            CombinationOptions.of(OPTIONS, OptionalInt.empty())
                .withMethods(EnumSet.of(Method.PIPELINE)),
            ItemKnowledge.none(fashions.items().size()),
            Progress.none());
    assertEquals(Method.PIPELINE, result.winner());
    assertEquals(2, result.training().model().features().width());
    assertTrue(result.training().model().scorer().inputs().featureWidth() == 2);
  }

  @Test
  void options_featuresWithoutANetwork_areRefused() {
    ScorerOptions none = OPTIONS.scorer().withHidden(List.of());
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withScorer(none));
    assertTrue(error.getMessage().contains("--features"), error.getMessage());
  }

  @Test
  void run_contentThatIsNotThere_isRefused() {
    TrainingOptions options = OPTIONS.withFeatures(ALL);
    UserError error =
        assertThrows(UserError.class, () -> Training.run(fashions, options, Progress.none()));
    assertEquals(UserError.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().contains("--content-vectors"), error.getMessage());
  }
}
