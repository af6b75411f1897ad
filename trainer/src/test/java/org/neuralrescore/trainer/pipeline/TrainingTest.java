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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.scorer.ScorerChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;

class TrainingTest {
  private static final int GROUPS = 5;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withFactors(ImplicitAlsOptions.defaults().withRank(8).withSweeps(6))
          .withScorer(ScorerOptions.defaults().withHidden(List.of(8, 4)).withEpochs(2));

  @TempDir static Path folder;
  private static Interactions planted;

  @BeforeAll
  static void plant() throws IOException {
    SplittableRandom random = new SplittableRandom(9);
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int u = 0; u < 150; u++) {
      for (int n = 0; n < 12; n++) {
        boolean own = random.nextInt(10) > 0;
        int item = random.nextInt(20) * GROUPS + (own ? u % GROUPS : random.nextInt(GROUPS));
        lines.append("u").append(u).append(",i").append(item).append(",1,").append(n + 1);
        lines.append('\n');
      }
    }
    Path file = folder.resolve("planted.csv");
    Files.writeString(file, lines);
    planted = read(file);
  }

  private static Interactions read(Path file) {
    ReadingRules rules = ReadingRules.defaults().withCatalogue(List.of("untouched"));
    return new InteractionReader(InteractionFormat.movieLensCsv(), rules).read(file);
  }

  @Test
  void run_beatsPopularityOnPlantedTastes() {
    TrainingResult result = Training.run(planted, OPTIONS, Progress.none());
    assertEquals(
        List.of("model", "dot", "popularity"),
        result.reports().stream().map(report -> report.label()).toList());
    double dot = result.reports().get(1).mean().hitRate();
    double popularity = result.reports().get(2).mean().hitRate();
    assertTrue(dot > 2 * popularity, dot + " against " + popularity);
  }

  @Test
  void run_givesTheSameBits_onAnyNumberOfThreads() {
    TrainedModel one = networkModel(1);
    assertFalse(one.scorer().layers().isEmpty());
    for (int threads : new int[] {2, 4}) {
      TrainedModel more = networkModel(threads);
      assertArrayEquals(one.itemFactors().values(), more.itemFactors().values());
      assertArrayEquals(one.userFactors().values(), more.userFactors().values());
      assertArrayEquals(
          ((ImplicitFoldIn) one.foldIn()).scaledGram(),
          ((ImplicitFoldIn) more.foldIn()).scaledGram());
      assertArrayEquals(one.defaultUser().values(), more.defaultUser().values());
      assertSameBits(one.scorer(), more.scorer());
    }
  }

  private static TrainedModel networkModel(int threads) {
    TrainingOptions always =
        OPTIONS
            .withThreads(threads)
            .withScorer(OPTIONS.scorer().withSelection(ScorerOptions.Selection.ALWAYS_NETWORK));
    return Training.run(planted, always, Progress.none()).model();
  }

  private static void assertSameBits(ScorerWeights one, ScorerWeights other) {
    assertEquals(one.dotScale(), other.dotScale());
    assertEquals(one.bias(), other.bias());
    assertEquals(one.layers().size(), other.layers().size());
    for (int l = 0; l < one.layers().size(); l++) {
      Layer layer = one.layers().get(l);
      assertArrayEquals(layer.weights(), other.layers().get(l).weights());
      assertArrayEquals(layer.bias(), other.layers().get(l).bias());
    }
  }

  @Test
  void run_encodesEveryUserFromWhatTheModelLearnedFrom() {
    TrainingResult result = Training.run(planted, OPTIONS, Progress.none());
    TrainedModel model = result.model();
    FactorMatrix items = model.itemFactors();
    int user = 7;
    int n = result.test().seen().length(user);
    float[] history = new float[n * model.rank()];
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      int item = result.test().seen().item(result.test().seen().start(user) + i);
      System.arraycopy(items.row(item), 0, history, i * model.rank(), model.rank());
      weights[i] = 1f;
    }
    assertArrayEquals(model.foldIn().encode(history, weights), model.userFactors().row(user));
  }

  @Test
  void run_givesUntouchedItemsZeros() {
    TrainedModel model = Training.run(planted, OPTIONS, Progress.none()).model();
    assertTrue(model.itemFactors().isZero(model.items().row("untouched").orElseThrow()));
  }

  @Test
  void run_whenNoLayersAreAskedFor_shipsTheDotProduct() {
    TrainingOptions dotOnly = OPTIONS.withScorer(OPTIONS.scorer().withHidden(List.of()));
    TrainingResult result = Training.run(planted, dotOnly, Progress.none());
    assertEquals(ScorerChoice.Variant.DOT, result.choice().variant());
    assertTrue(result.model().scorer().layers().isEmpty());
    assertEquals(
        result.reports().get(1).mean().ndcg(), result.reports().get(0).mean().ndcg(), 1e-12);
  }

  @Test
  void run_whenNothingCanBeHeldOut_refuses() throws IOException {
    Path file = folder.resolve("short.csv");
    Files.writeString(file, "userId,movieId,rating,timestamp\nu,a,1,1\nv,b,1,1\n");
    Interactions shallow = read(file);
    UserError error =
        assertThrows(UserError.class, () -> Training.run(shallow, OPTIONS, Progress.none()));
    assertEquals(UserError.Kind.INPUT, error.kind());
  }
}
