// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.BundleContent;
import org.neuralrescore.trainer.bundle.BundleWriter;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.planted.PlantedContexts;
import org.neuralrescore.trainer.scorer.ScorerChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.served.BundleRanker;

class ContextTrainingTest {
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withFactors(ImplicitAlsOptions.defaults().withRank(8).withSweeps(6))
          .withScorer(
              ScorerOptions.defaults()
                  .withHidden(List.of(16, 8))
                  .withEpochs(30)
                  .withLearning(5e-3, 1e-2));

  @TempDir static Path folder;
  private static Path file;
  private static Interactions data;
  private static TrainingResult result;

  @BeforeAll
  static void train() {
    file = PlantedContexts.write(folder.resolve("data"), 400, 3);
    data = PlantedContexts.read(file, "country", "device", "weekday");
    result = Training.run(data, OPTIONS, Progress.none());
  }

  private static RankingReport report(TrainingResult of, String label) {
    return of.surveys().stream()
        .map(survey -> survey.ranking())
        .filter(ranking -> ranking.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static Bundle bundle(TrainingResult of, String name) {
    BundleContent content =
        new BundleContent(
            name,
            of.model(),
            List.of(),
            new Provenance("0".repeat(64), 1, Map.of(), Map.of("neural-rescore", "test")),
            Map.of());
    return Bundle.open(new BundleWriter(folder.resolve("models")).write(content).folder());
  }

  @Test
  void run_whereTheContextDecides_theNetworkSurelyBeatsTheDotProduct() {
    assertEquals(ScorerChoice.Variant.NETWORK, result.choice().variant());
    RankingReport network = report(result, "model");
    RankingReport dot = report(result, "dot");
    PairedBootstrap gain = PairedBootstrap.compare(network, dot, CaseMetrics::ndcg, 1);
    assertTrue(gain.probability() > 0.999, "" + gain);
    assertTrue(
        network.mean().ndcg() > 1.5 * dot.mean().ndcg(),
        network.mean().ndcg() + " against " + dot.mean().ndcg());
  }

  @Test
  void run_withoutTheColumns_doesNotKnowIt() {
    TrainingResult blind = Training.run(PlantedContexts.read(file), OPTIONS, Progress.none());
    assertEquals(ScorerInputs.none(), blind.model().scorer().inputs());
    RankingReport with = report(result, "model");
    RankingReport without = report(blind, "model");
    assertTrue(
        with.mean().ndcg() > 1.5 * without.mean().ndcg(),
        with.mean().ndcg() + " against " + without.mean().ndcg());
  }

  @Test
  void run_knowsTheValuesOfWhatItLearnedFromAlone() {
    List<ContextColumn> context = result.model().scorer().inputs().context();
    assertEquals(
        List.of("country", "device", "weekday"),
        context.stream().map(ContextColumn::column).toList());
    assertEquals(List.of("Chad", "France", "Laos", "Peru"), context.get(0).values());
    assertEquals(List.of("d0", "d1", "d2"), context.get(1).values());
    EvaluationSet test = result.test();
    for (int c = 0; c < test.size(); c++) {
      int shelf =
          Integer.parseInt(data.items().get(test.targets(c)[0]).substring(1))
              / PlantedContexts.ITEMS_EACH;
      assertEquals(
          List.of("Chad", "France", "Peru", "Laos").get(shelf),
          test.context().value(0, c).orElseThrow());
    }
  }

  @Test
  void bundle_readBack_ranksInContextAsTheTrainerDoes() {
    Bundle bundle = bundle(result, "context");
    List<InputSource> inputs = bundle.manifest().scorer().inputs();
    assertEquals(5, inputs.size());
    assertEquals(result.model().scorer().inputs().context(), bundle.context());
    try (BundleRanker ranker = new BundleRanker("bundle", bundle, data.items());
        Workers workers = new Workers(1)) {
      RankingReport served =
          new RankingEvaluation(10, workers).evaluate(ranker, result.test(), Progress.none());
      assertEquals(report(result, "model").mean().ndcg(), served.mean().ndcg(), 1e-6);
    }
    try (OnnxScorer onnx = bundle.scorer()) {
      int rank = result.model().rank();
      float[] items = result.model().itemFactors().values();
      float[] user = result.model().userFactors().row(3);
      int width = result.model().scorer().inputs().contextWidth();
      float[] expected = new float[items.length / rank];
      float[] actual = new float[expected.length];
      float[] before = new float[expected.length];
      for (int q = 0; q <= width; q++) {
        float[] context = new float[width];
        if (q < width) {
          context[q] = 1;
        }
        ScorerRequest request = ScorerRequest.of(user).withContext(context);
        result.model().scorer().score(request, items, new float[0], expected);
        onnx.score(request, items, new float[0], actual);
        assertArrayEquals(expected, actual, 1e-4f);
        assertFalse(Arrays.equals(before, expected), "value " + q + " changes nothing");
        before = expected.clone();
      }
    }
  }

  @Test
  void bundle_ofTheDotProduct_hasTheInputsAllTheSame_andTheyChangeNothing() {
    TrainingResult dot =
        Training.run(
            data, OPTIONS.withScorer(OPTIONS.scorer().withHidden(List.of())), Progress.none());
    assertTrue(dot.model().scorer().layers().isEmpty());
    Bundle bundle = bundle(dot, "dot");
    assertEquals(
        List.of("country", "device", "weekday"),
        bundle.context().stream().map(ContextColumn::column).toList());
    try (OnnxScorer onnx = bundle.scorer()) {
      float[] items = dot.model().itemFactors().values();
      float[] expected = new float[items.length / dot.model().rank()];
      float[] actual = new float[expected.length];
      float[] context = new float[dot.model().scorer().inputs().contextWidth()];
      float[] user = dot.model().userFactors().row(3);
      ScorerRequest request = ScorerRequest.of(user).withContext(context);
      onnx.score(request, items, new float[0], expected);
      Arrays.fill(context, 1);
      onnx.score(request, items, new float[0], actual);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void run_givesTheSameBytes_onAnyNumberOfThreads() throws IOException {
    TrainingOptions few = OPTIONS.withScorer(OPTIONS.scorer().withEpochs(2));
    Optional<byte[]> first = Optional.empty();
    for (int threads : new int[] {1, 2, 4}) {
      Bundle bundle =
          bundle(Training.run(data, few.withThreads(threads), Progress.none()), "t" + threads);
      byte[] bytes = Files.readAllBytes(bundle.stored().folder().resolve("scorer.onnx"));
      assertArrayEquals(first.orElse(bytes), bytes, threads + " threads");
      first = Optional.of(bytes);
    }
  }

  @Test
  void run_withRareValues_leavesThemToTheZeros() {
    // No network: nothing to choose on, and so one vocabulary, that of what ships.
    ScorerOptions none = OPTIONS.scorer().withHidden(List.of());
    Interactions some = PlantedContexts.read(file, "device");
    int often = (int) (0.24 * some.histories().size());
    List<ContextColumn> known =
        Training.run(some, OPTIONS.withScorer(none.withContextMinCount(often)), Progress.none())
            .model()
            .scorer()
            .inputs()
            .context();
    assertEquals(List.of("d0"), known.get(0).values());
    assertThrows(IllegalArgumentException.class, () -> none.withContextMinCount(0));
  }
}
