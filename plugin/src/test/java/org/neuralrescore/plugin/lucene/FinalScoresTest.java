// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.lucene.search.ScoreDoc;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.ScoreTransform;

/** Scores of a window beside those of its hits one by one, {@link Combination#rescored}. */
class FinalScoresTest {
  private static final float[] WEIGHTS = {1, 0.7f, 1e-6f, 0};

  /** As models give them, and where transforms have their ends. */
  private static float[] outputs(SplittableRandom random, int n, double size) {
    float[] outputs = new float[n];
    for (int i = 0; i < n; i++) {
      outputs[i] = (float) (size * (2 * random.nextDouble() - 1));
    }
    float[] ends = {0, -0f, 12, -12, 64, -64, Math.nextUp(12f), Math.nextUp(64f), -64.00001f};
    float[] extremes = {1e30f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE};
    System.arraycopy(ends, 0, outputs, 3, ends.length);
    System.arraycopy(extremes, 0, outputs, n - extremes.length, extremes.length);
    return outputs;
  }

  private static FeatureBatch batch(SplittableRandom random, int n, double firstPassSize) {
    ScoreDoc[] hits = new ScoreDoc[n];
    int[] docs = random.ints(0, 1 << 24).distinct().limit(n).toArray();
    for (int i = 0; i < n; i++) {
      hits[i] = new ScoreDoc(docs[i], (float) (firstPassSize * (random.nextDouble() - 0.1)));
    }
    FeatureBatch batch = new FeatureBatch(new BatchLayout(1, 1));
    batch.reset(n);
    batch.readHits(hits);
    return batch;
  }

  private static void assertSame(Combination combination, FeatureBatch batch, float[] outputs) {
    float[] scores = new float[outputs.length];
    batch.finalScores().write(combination, batch, outputs, scores);
    for (int row = 0; row < outputs.length; row++) {
      float first = batch.firstPasses()[Gatherer.hit(batch, row)];
      assertEquals(
          Float.floatToRawIntBits(combination.rescored(first, outputs[row])),
          Float.floatToRawIntBits(scores[row]),
          combination + " of " + first + " and " + outputs[row]);
    }
  }

  @Test
  void write_isTheCombinationsScoreToTheBit() {
    SplittableRandom random = new SplittableRandom(16);
    for (ScoreTransform transform : ScoreTransform.values()) {
      for (float weight : WEIGHTS) {
        for (double size : new double[] {1e-6, 0.1, 3, 20, 70, 1e4}) {
          for (double firstPassSize : new double[] {1e-30, 10, 1e12}) {
            FeatureBatch batch = batch(random, 1_000, firstPassSize);
            assertSame(new Combination(weight, transform), batch, outputs(random, 1_000, size));
          }
        }
      }
    }
  }

  @Test
  void write_toItsOwnOutputs_isTheSame() {
    SplittableRandom random = new SplittableRandom(17);
    Combination combination = new Combination(1, ScoreTransform.SOFTPLUS);
    float[] outputs = outputs(random, 600, 5);
    FeatureBatch batch = batch(random, 600, 1);
    float[] expected = new float[600];
    batch.finalScores().write(combination, batch, outputs, expected);
    batch.finalScores().write(combination, batch, outputs, outputs);
    assertTrue(Arrays.equals(expected, outputs));
  }

  @Test
  void write_ofNoFiniteNumber_failsAndNamesTheDoc() {
    SplittableRandom random = new SplittableRandom(18);
    for (ScoreTransform transform : ScoreTransform.values()) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        FeatureBatch batch = batch(random, 300, 1);
        float[] outputs = new float[300];
        outputs[270] = bad;
        Combination combination = new Combination(1, transform);
        ScoringException thrown =
            assertThrows(
                ScoringException.class,
                () -> batch.finalScores().write(combination, batch, outputs, outputs));
        assertEquals(batch.docs()[Gatherer.hit(batch, 270)], thrown.doc().orElseThrow());
      }
    }
  }

  @Test
  void write_ofAFirstPassThatIsNoFiniteNumber_asksForItOnlyWhereItCounts() {
    FeatureBatch batch = new FeatureBatch(new BatchLayout(1, 1));
    batch.reset(1);
    batch.readHits(new ScoreDoc[] {new ScoreDoc(1, Float.NaN)});
    float[] outputs = {3};
    assertSame(new Combination(1, ScoreTransform.SIGMOID), batch, outputs);
    assertThrows(
        ScoringException.class,
        () ->
            batch
                .finalScores()
                .write(new Combination(0.5f, ScoreTransform.SIGMOID), batch, outputs, outputs));
  }

  /** What a score is bracketed by: the claim of {@link NearTransforms#OFF}. */
  @Test
  void nearTransforms_areAsNearAsTheySay() {
    int n = 1 << 17;
    double[] outputs = new double[n];
    double[] softplus = new double[n];
    double[] sigmoid = new double[n];
    for (int i = 0; i < n; i++) {
      outputs[i] = (float) (NearTransforms.REACH * (2.0 * i / n - 1));
    }
    NearTransforms.softplus(outputs, softplus, n);
    NearTransforms.sigmoid(outputs, sigmoid, n);
    for (int i = 0; i < n; i++) {
      float output = (float) outputs[i];
      assertNear(TransformTails.apply(ScoreTransform.SOFTPLUS, output), softplus[i], output);
      if (output <= TransformTails.HIGH) {
        assertNear(TransformTails.apply(ScoreTransform.SIGMOID, output), sigmoid[i], output);
      }
    }
  }

  private static void assertNear(double expected, double actual, float output) {
    assertEquals(expected, actual, expected * NearTransforms.OFF / 2, "of " + output);
  }
}
