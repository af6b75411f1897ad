// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.ScoreTransform;

class CombinationTest {
  /** Every positive float as often as any other: by bits, not by size. */
  @Provide
  Arbitrary<Float> positive() {
    return Arbitraries.integers()
        .between(1, Float.floatToRawIntBits(Float.MAX_VALUE))
        .map(Float::intBitsToFloat);
  }

  /** Every finite float, by bits, both signs. */
  @Provide
  Arbitrary<Float> finite() {
    return Arbitraries.oneOf(positive(), positive().map(value -> -value), Arbitraries.just(0f));
  }

  /** What searches score with. */
  @Provide
  Arbitrary<Float> ordinary() {
    return Arbitraries.integers()
        .between(Float.floatToRawIntBits(0x1p-8f), Float.floatToRawIntBits(0x1p43f))
        .map(Float::intBitsToFloat);
  }

  private static Combination model(ScoreTransform transform) {
    return new Combination(1, transform);
  }

  @Property
  void rescored_isAlwaysAboveEveryOther(
      @ForAll("finite") float first,
      @ForAll("finite") float output,
      @ForAll @FloatRange(min = 0, max = 1) float weight,
      @ForAll("positive") float otherFirst) {
    for (ScoreTransform transform : ScoreTransform.values()) {
      float score = new Combination(weight, transform).rescored(first, output);
      assertTrue(score >= Combination.LOWEST_RESCORED && Float.isFinite(score));
      float other = Combination.other(otherFirst);
      assertTrue(other > 0 && other < Combination.LOWEST_RESCORED);
    }
    assertTrue(Combination.other(Float.POSITIVE_INFINITY) < Combination.LOWEST_RESCORED);
  }

  @Property
  void rescored_neverFallsAsTheOutputRises(
      @ForAll("finite") float a,
      @ForAll("finite") float b,
      @ForAll @FloatRange(min = 0, max = 1) float weight,
      @ForAll @FloatRange(min = 0, max = 1_000) float first) {
    for (ScoreTransform transform : ScoreTransform.values()) {
      Combination combination = new Combination(weight, transform);
      assertTrue(
          combination.rescored(first, Math.min(a, b))
              <= combination.rescored(first, Math.max(a, b)));
    }
  }

  @Property
  void rescored_ofNeighbouringFloats_neverFalls(@ForAll("finite") float output) {
    for (ScoreTransform transform : ScoreTransform.values()) {
      float next = Math.min(Math.nextUp(output), Float.MAX_VALUE);
      assertTrue(model(transform).rescored(1, output) <= model(transform).rescored(1, next));
    }
  }

  @Property
  void rescored_whereTheTransformSaturates_stillTellsOutputsApart(
      @ForAll("positive") float size, @ForAll("positive") float otherSize) {
    float a = Math.min(size, otherSize);
    float b = Math.max(size, otherSize);
    if (b < a * 1.001f || !(b > 1e-30f)) {
      return;
    }
    assertTrue(model(ScoreTransform.IDENTITY).rescored(1, -b) < plain(-a));
    if (a > 12) {
      assertTrue(score(ScoreTransform.SIGMOID, a) < score(ScoreTransform.SIGMOID, b));
      assertTrue(score(ScoreTransform.SIGMOID, -b) < score(ScoreTransform.SIGMOID, -a));
      assertTrue(score(ScoreTransform.SOFTPLUS, -b) < score(ScoreTransform.SOFTPLUS, -a));
    }
  }

  private static float plain(float output) {
    return score(ScoreTransform.IDENTITY, output);
  }

  private static float score(ScoreTransform transform, float output) {
    return model(transform).rescored(1, output);
  }

  @Test
  void rescored_onALadderOfOutputs_fallsAtEveryStep() {
    float[] down = {
      12, 11.9f, 3, 1, 0.5f, 0, -1e-3f, -0.5f, -1, -10, -27, -27.6f, -27.7f, -28, -29
    };
    float[] further = {
      -30, -40, -63.9f, -64, -64.1f, -88, -104, -745, -746, -1e4f, -1e30f, -3.4e38f
    };
    float before = Float.MAX_VALUE;
    for (ScoreTransform transform : ScoreTransform.values()) {
      before = Float.MAX_VALUE;
      for (float[] part :
          new float[][] {{3.4e38f, 1e30f, 1e6f, 40, 30, 20, 18, 17.5f, 17, 16}, down, further}) {
        for (float output : part) {
          float score = score(transform, output);
          assertTrue(score < before, transform + " at " + output);
          before = score;
        }
      }
    }
  }

  @Test
  void rescored_whereTheTransformHasNumbers_isTheTransform() {
    for (float output = -27.5f; output <= 12; output += 0.37f) {
      for (ScoreTransform transform :
          new ScoreTransform[] {ScoreTransform.SOFTPLUS, ScoreTransform.SIGMOID}) {
        assertEquals(transform.apply(output), score(transform, output));
      }
      if (output > 0) {
        assertEquals(output, plain(output));
      }
    }
    assertEquals(1.00575f, score(ScoreTransform.SIGMOID, 20), 1e-5f);
    assertTrue(score(ScoreTransform.SIGMOID, Float.MAX_VALUE) < 2);
  }

  @Test
  void rescored_withASmallWeight_whereTheSumIsNegative_keepsTheOrder() {
    Combination half = new Combination(0.5f, ScoreTransform.IDENTITY);
    assertTrue(half.rescored(1, -2) < half.rescored(1, -1.99f));
    assertTrue(half.rescored(1, -2) < half.rescored(1.01f, -2));
  }

  @Property
  void other_keepsTheOrder(@ForAll("positive") float a, @ForAll("positive") float b) {
    float lower = Math.min(a, b);
    float higher = Math.max(a, b);
    assertTrue(Combination.other(lower) <= Combination.other(higher));
    assertTrue(
        Combination.other(Combination.other(lower))
            <= Combination.other(Combination.other(higher)));
    if (lower >= Float.MIN_NORMAL && lower * 1.001f < higher) {
      assertTrue(Combination.other(lower) < Combination.other(higher));
    }
    assertTrue(Combination.other(lower) <= Combination.other(Math.nextUp(lower)));
  }

  /** As far as floats can tell, for scores that searches have. */
  @Property
  void other_ofOrdinaryScores_tellsNeighbouringFloatsApart(@ForAll("ordinary") float score) {
    assertTrue(Combination.other(score) < Combination.other(Math.nextUp(score)));
  }

  @Test
  void other_ofDatesInMilliseconds_tellsMinutesApart() {
    // Floats themselves tell 131 seconds apart there.
    float date = 1_732_800_000_000L;
    assertTrue(Combination.other(date) < Combination.other(date + 131_072));
  }

  /** A cheap model over many, then a dear one over few: three bands become the lower one. */
  @Property
  void other_ofAnEarlierRescorersScores_keepsItsBandsApart(
      @ForAll("ordinary") float first,
      @ForAll("finite") float output,
      @ForAll("finite") float otherOutput) {
    float rescored = Combination.other(plain(Math.max(output, otherOutput)));
    float lowest = Combination.other(plain(Math.min(output, otherOutput)));
    float beyond = Combination.other(Combination.other(first));
    assertTrue(rescored >= lowest && lowest > beyond && beyond > 0);
    // 22 bits of 24 are left.
    assertTrue(beyond < Combination.other(Combination.other(first * (1 + 0x1p-20f))));
    float third = Combination.other(beyond);
    assertTrue(third <= Combination.other(lowest) && third > 0);
  }

  @Test
  void rescored_withWeightOne_doesNotLookAtTheFirstPass() {
    assertEquals(3f, model(ScoreTransform.IDENTITY).rescored(Float.NaN, 3));
    assertEquals(3f, model(ScoreTransform.IDENTITY).rescored(Float.POSITIVE_INFINITY, 3));
  }

  @Test
  void rescored_whenNotFinite_fails() {
    Combination half = new Combination(0.5f, ScoreTransform.SIGMOID);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThrows(ScoringException.class, () -> half.rescored(1, bad));
    }
    assertThrows(ScoringException.class, () -> half.rescored(Float.NaN, 1));
  }

  @Test
  void weight_outsideZeroToOne_isRefused() {
    for (float bad : new float[] {-0.1f, 1.1f, Float.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new Combination(bad, ScoreTransform.IDENTITY));
    }
  }

  @Test
  void squeeze_withMorePiecesThanRoom_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new OrderedSqueeze(0, 10, new long[][] {{0, 0}, {8, 1}}, 15));
  }
}
