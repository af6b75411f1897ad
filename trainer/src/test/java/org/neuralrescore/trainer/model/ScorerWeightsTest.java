// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerWeightsTest {
  private static final ScorerInputs INPUTS =
      new ScorerInputs(
          List.of(FeatureBlock.number("age"), FeatureBlock.vector("content", 2)),
          List.of(
              new ContextColumn("hour", "hour", List.of("0")),
              new ContextColumn("device", "device", List.of("0", "1"))));

  private static final ScorerInputs WITH_RECENT =
      new ScorerInputs(INPUTS.features(), INPUTS.context(), Optional.of(RecentItems.of(3)));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void score_equalsTheFormulaWrittenOut(int depth) {
    SplittableRandom random = new SplittableRandom(5 + depth);
    int rank = 5;
    ScorerWeights scorer = random(rank, depth, random);
    float[] user = values(rank, random);
    float[] items = values(7 * rank, random);
    float[] scores = new float[7];
    scorer.score(user, items, scores);
    for (int row = 0; row < scores.length; row++) {
      assertEquals(writtenOut(scorer, user, items, row), scores[row], 1e-5, "row " + row);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void score_withFeaturesAndContext_equalsTheFormulaWrittenOut(int depth) {
    SplittableRandom random = new SplittableRandom(50 + depth);
    int rank = 5;
    ScorerWeights scorer = random(rank, depth, random, INPUTS);
    float[] user = values(rank, random);
    float[] context = values(INPUTS.contextWidth(), random);
    float[] items = values(7 * rank, random);
    float[] features = values(7 * INPUTS.featureWidth(), random);
    float[] scores = new float[7];
    ScorerRequest request = ScorerRequest.of(user).withContext(context);
    scorer.score(request, items, features, scores);
    for (int row = 0; row < scores.length; row++) {
      assertEquals(
          writtenOut(scorer, request, items, features, row), scores[row], 1e-5, "row " + row);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void score_withARecentVector_equalsTheFormulaWrittenOut(int depth) {
    for (ScorerInputs inputs :
        List.of(
            WITH_RECENT, new ScorerInputs(List.of(), List.of(), Optional.of(RecentItems.of(1))))) {
      SplittableRandom random = new SplittableRandom(70 + depth);
      int rank = 5;
      ScorerWeights scorer = random(rank, depth, random, inputs);
      float[] items = values(7 * rank, random);
      float[] features = values(7 * inputs.featureWidth(), random);
      ScorerRequest request =
          ScorerRequest.of(values(rank, random))
              .withContext(values(inputs.contextWidth(), random))
              .withRecent(values(rank, random));
      float[] scores = new float[7];
      scorer.score(request, items, features, scores);
      for (int row = 0; row < scores.length; row++) {
        assertEquals(
            writtenOut(scorer, request, items, features, row), scores[row], 1e-5, "row " + row);
      }
    }
  }

  @Test
  void score_withoutTheRecentVectorThatItReads_orWithOneThatItDoesNot_isRefused() {
    float[] three = new float[3];
    float[] scores = new float[1];
    ScorerWeights reads =
        random(
            3,
            2,
            new SplittableRandom(8),
            new ScorerInputs(List.of(), List.of(), Optional.of(RecentItems.of(2))));
    assertThrows(
        IllegalArgumentException.class,
        () -> reads.score(ScorerRequest.of(three), three, new float[0], scores));
    ScorerWeights plain = random(3, 2, new SplittableRandom(8));
    assertThrows(
        IllegalArgumentException.class,
        () -> plain.score(ScorerRequest.of(three).withRecent(three), three, new float[0], scores));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ScorerWeights(
                3,
                1f,
                0f,
                List.of(),
                new ScorerInputs(List.of(), List.of(), Optional.of(RecentItems.of(2)))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ScorerInputs(
                List.of(FeatureBlock.number("recent")), List.of(), Optional.of(RecentItems.of(2))));
  }

  @Test
  void score_wrongFeaturesOrContext_areRefused() {
    ScorerWeights scorer = random(3, 2, new SplittableRandom(8), INPUTS);
    float[] scores = new float[1];
    float[] three = new float[3];
    assertThrows(
        IllegalArgumentException.class,
        () ->
            scorer.score(
                ScorerRequest.of(three).withContext(new float[3]), three, new float[2], scores));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            scorer.score(
                ScorerRequest.of(three).withContext(new float[2]), three, new float[3], scores));
    assertThrows(IllegalArgumentException.class, () -> scorer.score(three, three, scores));
  }

  @Test
  void construct_dotProductThatReadsFeatures_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new ScorerWeights(3, 1f, 0f, List.of(), INPUTS));
  }

  @Test
  void inputs_ofOneNameTwice_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ScorerInputs.ofFeatures(List.of(FeatureBlock.number("items"))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ScorerInputs(
                List.of(FeatureBlock.number("age")),
                List.of(new ContextColumn("age", "age", List.of("0")))));
  }

  @Test
  void score_itemOfZeros_isWhatTheUserAloneSays() {
    SplittableRandom random = new SplittableRandom(3);
    ScorerWeights scorer = random(3, 2, random);
    float[] user = values(3, random);
    float[] scores = new float[1];
    scorer.score(user, new float[3], scores);
    assertEquals(writtenOut(scorer, user, new float[3], 0), scores[0], 1e-6);
  }

  @Test
  void score_wrongLengths_areRefused() {
    ScorerWeights scorer = new ScorerWeights(3, 1f, 0f, List.of());
    assertThrows(
        IllegalArgumentException.class,
        () -> scorer.score(new float[2], new float[3], new float[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> scorer.score(new float[3], new float[4], new float[1]));
  }

  @Test
  void construct_layersThatDoNotFit_areRefused() {
    Layer narrow = new Layer(4, 1, new float[4], new float[1]);
    Layer wide = new Layer(9, 2, new float[18], new float[2]);
    assertThrows(
        IllegalArgumentException.class, () -> new ScorerWeights(3, 1f, 0f, List.of(narrow)));
    assertThrows(IllegalArgumentException.class, () -> new ScorerWeights(3, 1f, 0f, List.of(wide)));
  }

  /** The formula by the letter, in double: the concatenation made, every layer in turn. */
  private static double writtenOut(ScorerWeights scorer, float[] user, float[] items, int row) {
    return writtenOut(scorer, ScorerRequest.of(user), items, new float[0], row);
  }

  private static double writtenOut(
      ScorerWeights scorer, ScorerRequest request, float[] items, float[] features, int row) {
    float[] user = request.user();
    float[] context = request.context();
    float[] recent = request.recent();
    int rank = scorer.rank();
    int width = scorer.inputs().featureWidth();
    int ofRecent = 3 * rank + width + context.length;
    double[] x = new double[ofRecent + 2 * recent.length];
    for (int f = 0; f < recent.length; f++) {
      x[ofRecent + f] = recent[f];
      x[ofRecent + rank + f] = recent[f] * items[row * rank + f];
    }
    for (int i = 0; i < width; i++) {
      x[3 * rank + i] = features[row * width + i];
    }
    for (int i = 0; i < context.length; i++) {
      x[3 * rank + width + i] = context[i];
    }
    double dot = 0;
    for (int f = 0; f < rank; f++) {
      x[f] = user[f];
      x[rank + f] = items[row * rank + f];
      x[2 * rank + f] = x[f] * x[rank + f];
      dot += x[2 * rank + f];
    }
    double logit = scorer.dotScale() * dot + scorer.bias();
    for (int l = 0; l < scorer.layers().size(); l++) {
      Layer layer = scorer.layers().get(l);
      double[] y = new double[layer.out()];
      for (int o = 0; o < y.length; o++) {
        y[o] = layer.bias()[o];
        for (int i = 0; i < x.length; i++) {
          y[o] += x[i] * layer.weights()[i * layer.out() + o];
        }
        if (l < scorer.layers().size() - 1) {
          y[o] = Math.max(0, y[o]);
        }
      }
      x = y;
    }
    return scorer.layers().isEmpty() ? logit : logit + x[0];
  }

  private static ScorerWeights random(int rank, int depth, SplittableRandom random) {
    return random(rank, depth, random, ScorerInputs.none());
  }

  private static ScorerWeights random(
      int rank, int depth, SplittableRandom random, ScorerInputs inputs) {
    List<Layer> layers = new ArrayList<>();
    int in = inputs.width(rank);
    for (int l = 0; l < depth; l++) {
      int out = l == depth - 1 ? 1 : 6 - l;
      layers.add(new Layer(in, out, values(in * out, random), values(out, random)));
      in = out;
    }
    return new ScorerWeights(rank, 1.7f, -0.4f, layers, inputs);
  }

  private static float[] values(int n, SplittableRandom random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
