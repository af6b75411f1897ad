// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CalibrationTest {
  @Test
  void fit_recoversTheOddsThatLabelsWereDrawnFrom() {
    SplittableRandom random = new SplittableRandom(1);
    float[] dots = new float[40_000];
    boolean[] positive = new boolean[dots.length];
    for (int i = 0; i < dots.length; i++) {
      dots[i] = (float) random.nextDouble();
      positive[i] = random.nextDouble() < 1 / (1 + Math.exp(-(8 * dots[i] - 3)));
    }
    Calibration fitted = Calibration.fit(dots, positive);
    assertEquals(8, fitted.scale(), 0.3);
    assertEquals(-3, fitted.bias(), 0.15);
  }

  @Test
  void fit_neverTurnsARankingRound() {
    float[] dots = {0f, 1f, 0.2f, 0.9f};
    boolean[] positive = {true, false, true, false};
    assertTrue(Calibration.fit(dots, positive).scale() > 0);
  }

  private interface Draw {
    double of(boolean positive, SplittableRandom random);
  }

  static List<Arguments> dots() {
    Draw rare = (p, r) -> !p ? 0.3 * r.nextDouble() : r.nextDouble() < 0.8 ? 0 : 0.3;
    Draw alone = (p, r) -> p ? 0 : 0.3 * r.nextDouble();
    Draw counts = (p, r) -> Math.exp((p ? 9 : 6) + 2 * r.nextGaussian());
    Draw large = (p, r) -> (p ? 20_000 : 15_000) + 5_000 * r.nextGaussian();
    Draw small = (p, r) -> (p ? 2e-6 : 1e-6) + 1e-6 * r.nextGaussian();
    return List.of(
        arguments("items of hardly a user", rare),
        arguments("items of one user", alone),
        arguments("quantities", counts),
        arguments("large", large),
        arguments("small", small));
  }

  /** One positive in five: so much is predicted on average, of whatever size dot products are. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dots")
  void fit_predictsTheShareOfPositives(String name, Draw draw) {
    SplittableRandom random = new SplittableRandom(1);
    float[] dots = new float[20_000];
    boolean[] positive = new boolean[dots.length];
    for (int i = 0; i < dots.length; i++) {
      positive[i] = i % 5 == 0;
      dots[i] = (float) draw.of(positive[i], random);
    }
    Calibration fitted = Calibration.fit(dots, positive);
    double sum = 0;
    for (float dot : dots) {
      sum += 1 / (1 + Math.exp(-((double) fitted.scale() * dot + fitted.bias())));
    }
    assertTrue(fitted.scale() > 0, name);
    assertEquals(0.2, sum / dots.length, 0.01, name + " by " + fitted);
  }

  /** Dot products of another size are calibrated to the same odds. */
  @Test
  void fit_dependsOnNoUnit() {
    SplittableRandom random = new SplittableRandom(1);
    float[] dots = new float[2_000];
    float[] larger = new float[dots.length];
    boolean[] positive = new boolean[dots.length];
    for (int i = 0; i < dots.length; i++) {
      positive[i] = i % 5 == 0;
      dots[i] = (float) (random.nextGaussian() + (positive[i] ? 1 : 0));
      larger[i] = 4_096 * dots[i];
    }
    Calibration fitted = Calibration.fit(dots, positive);
    Calibration other = Calibration.fit(larger, positive);
    assertEquals(fitted.scale(), 4_096 * other.scale(), 1e-6);
    assertEquals(fitted.bias(), other.bias(), 1e-6);
  }

  @Test
  void fit_whenSeparable_staysFinite() {
    Calibration fitted =
        Calibration.fit(new float[] {0f, 1f, 0f, 1f}, new boolean[] {false, true, false, true});
    assertTrue(Float.isFinite(fitted.scale()) && Float.isFinite(fitted.bias()));
  }
}
