// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GaussianNoiseTest {
  private static final int COUNT = 200_001;

  private static double[] noise(String secret, double deviation, int stream, int row) {
    double[] values = new double[COUNT];
    GaussianNoise.of(secret).addTo(values, deviation, stream, row);
    return values;
  }

  private static double correlation(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum / one.length;
  }

  @Test
  void noise_isNormalWithItsDeviation() {
    double[] values = noise("a", 3, 1, 1);
    double mean = 0;
    double squares = 0;
    int beyondOne = 0;
    int beyondThree = 0;
    for (double value : values) {
      mean += value / COUNT;
      squares += value * value / COUNT;
      beyondOne += Math.abs(value) > 3 ? 1 : 0;
      beyondThree += Math.abs(value) > 9 ? 1 : 0;
    }
    assertEquals(0, mean, 5 * 3 / Math.sqrt(COUNT));
    assertEquals(9, squares, 5 * 9 * Math.sqrt(2.0 / COUNT));
    assertEquals(0.3173, beyondOne / (double) COUNT, 0.005);
    assertEquals(0.0027, beyondThree / (double) COUNT, 0.0006);
  }

  @Test
  void noise_ofTheSamePlace_isTheSame_andOfAnyOtherUnrelated() {
    double[] values = noise("a", 1, 1, 1);
    assertArrayEquals(values, noise("a", 1, 1, 1));
    for (double[] other :
        new double[][] {noise("b", 1, 1, 1), noise("a", 1, 2, 1), noise("a", 1, 1, 2)}) {
      assertTrue(Math.abs(correlation(values, other)) < 5 / Math.sqrt(COUNT));
    }
  }

  @Test
  void veiledHash_needsTheSecret() {
    String veiled = GaussianNoise.veiled("data", "secret");
    assertTrue(veiled.matches("[0-9a-f]{64}"), veiled);
    assertEquals(veiled, GaussianNoise.veiled("data", "secret"));
    assertNotEquals(veiled, GaussianNoise.veiled("data", "other"));
    assertNotEquals(GaussianNoise.freshSecret(), GaussianNoise.freshSecret());
  }

  @Test
  void secret_isNotPartOfWhatIsPrinted() {
    DifferentialPrivacy privacy = new DifferentialPrivacy(1, 1e-6, 1, 50, "hush-hush");
    assertTrue(!privacy.toString().contains("hush"), privacy.toString());
  }
}
