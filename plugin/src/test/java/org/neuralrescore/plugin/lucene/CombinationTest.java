package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.ScoreTransform;

class CombinationTest {
  @Property
  void rescored_isAlwaysAboveEveryOther(
      @ForAll float first,
      @ForAll float output,
      @ForAll @FloatRange(min = 0, max = 1) float weight,
      @ForAll float otherFirst) {
    Combination combination = new Combination(weight, ScoreTransform.SOFTPLUS);
    float score;
    try {
      score = combination.rescored(first, output);
    } catch (ScoringException overflow) {
      // Near the largest float the sum may overflow: refused, never served.
      return;
    }
    assertTrue(score >= Combination.LOWEST_RESCORED && Float.isFinite(score));
    float other = Combination.other(otherFirst);
    assertTrue(other > 0 && other < score);
  }

  @Property
  void other_keepsTheOrder(@ForAll float a, @ForAll float b) {
    float lower = Math.min(a, b);
    float higher = Math.max(a, b);
    assertTrue(Combination.other(lower) <= Combination.other(higher));
  }

  @Property
  void other_ofOrdinaryScores_keepsDifferentScoresDifferent(
      @ForAll @FloatRange(min = 0.01f, max = 1_000_000) float a,
      @ForAll @FloatRange(min = 0.01f, max = 1_000_000) float b) {
    assertEquals(Float.compare(a, b), Float.compare(Combination.other(a), Combination.other(b)));
  }

  @Test
  void rescored_withWeightOne_doesNotLookAtTheFirstPass() {
    Combination model = new Combination(1, ScoreTransform.IDENTITY);
    assertEquals(3f, model.rescored(Float.NaN, 3));
    assertEquals(3f, model.rescored(Float.POSITIVE_INFINITY, 3));
  }

  @Test
  void rescored_whenNegative_isTheFloor() {
    assertEquals(
        Combination.LOWEST_RESCORED, new Combination(1, ScoreTransform.IDENTITY).rescored(1, -5));
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
}
