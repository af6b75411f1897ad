// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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

  @Test
  void fit_whenSeparable_staysFinite() {
    Calibration fitted =
        Calibration.fit(new float[] {0f, 1f, 0f, 1f}, new boolean[] {false, true, false, true});
    assertTrue(Float.isFinite(fitted.scale()) && Float.isFinite(fitted.bias()));
  }
}
