// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AdamTest {
  private static final double RATE = 0.01;

  @Test
  void firstStep_movesEveryParameterByTheRateAgainstItsGradient() {
    double[] x = {9, 1, 1, 2};
    double[] m = new double[4];
    double[] v = new double[4];

    Adam.move(x, m, v, 1, new double[] {3, -0.02}, 2, new Adam.Step(RATE, 0), 1);

    assertArrayEquals(new double[] {9, 1 - RATE, 1 + RATE, 2}, x, 1e-6);
    assertArrayEquals(new double[] {0, 0.3, -0.002, 0}, m, 1e-12);
    assertArrayEquals(new double[] {0, 0.009, 4e-7, 0}, v, 1e-12);
  }

  @Test
  void decay_takesItsShareOfAParameterWithoutAGradient() {
    double[] x = {2};
    Adam.move(x, new double[1], new double[1], 0, new double[1], 1, new Adam.Step(RATE, 0.1), 1);
    assertEquals(1.8, x[0], 1e-12);
  }

  @Test
  void floats_followDoubles_whereverTheCorrectionStands() {
    float decay = 0.001f;
    double[] exact = {0.5, -0.25};
    double[] m = new double[2];
    double[] v = new double[2];
    float[][] x = {{0.5f, -0.25f}, {0.5f, -0.25f}};
    float[][] first = new float[2][2];
    float[][] second = new float[2][2];
    for (int t = 1; t <= 50; t++) {
      float[] gradient = {(float) Math.sin(t), 0.1f * t};
      double[] mean = {gradient[0] * 0.5, gradient[1] * 0.5};
      Adam.move(exact, m, v, 0, mean, 2, new Adam.Step(RATE, decay), t);
      double size = RATE / (1 - Math.pow(Adam.BETA1, t));
      double root = Math.sqrt(1 - Math.pow(Adam.BETA2, t));
      float eps = (float) Adam.EPSILON;
      float beta2 = (float) Adam.BETA2;
      Adam.FloatStep[] steps = {
        new Adam.FloatStep(0.5f, beta2, (float) (size * root), 1f, (float) (Adam.EPSILON * root)),
        new Adam.FloatStep(0.5f, beta2, (float) size, (float) (1 / (root * root)), eps)
      };
      for (int way = 0; way < 2; way++) {
        Adam.move(x[way], gradient, first[way], second[way], steps[way], 1 - decay);
        assertEquals(exact[0], x[way][0], 1e-5, "step " + t);
        assertEquals(exact[1], x[way][1], 1e-5, "step " + t);
      }
    }
  }
}
