// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositiveDefiniteTest {
  /** Behind the system, where nothing is read or written. */
  private static final int ROOM = 2;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8, 11, 64})
  void solve_ofAnySize_findsThePlantedSolution_fromTheUpperTriangleAlone(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[][] half = new double[n][];
    Arrays.setAll(half, i -> random.doubles(n, -1, 1).toArray());
    double[] planted = random.doubles(n, -1, 1).toArray();
    double[][] upper = new double[n + ROOM][n + ROOM];
    double[] right = new double[n + ROOM];
    for (double[] row : upper) {
      Arrays.fill(row, Double.NaN);
    }
    Arrays.fill(right, 7);
    for (int i = 0; i < n; i++) {
      right[i] = 0;
      for (int j = 0; j < n; j++) {
        double value = i == j ? 0.5 : 0;
        for (int f = 0; f < n; f++) {
          value += half[i][f] * half[j][f];
        }
        right[i] += value * planted[j];
        if (j >= i) {
          upper[i][j] = value;
        }
      }
    }
    PositiveDefinite.solve(upper, right, n);
    assertArrayEquals(planted, Arrays.copyOf(right, n), 1e-9);
    assertEquals(7, right[n]);
    assertEquals(7, right[n + 1]);
  }

  @Test
  void solve_ofAMatrixThatIsNotPositiveDefinite_saysWhere() {
    double[][] upper = {{1, 2}, {2, 1}};
    Throwable thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> PositiveDefinite.solve(upper, new double[] {1, 1}, 2));
    assertEquals(
        "matrix is not positive definite: pivot 1 is -3.0", String.valueOf(thrown.getMessage()));
  }
}
