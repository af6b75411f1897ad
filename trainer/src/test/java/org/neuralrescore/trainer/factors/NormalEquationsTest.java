// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalEquationsTest {

  /**
   * Rows one at a time are the oracle, to the bit where they weigh 1; what was before is forgotten.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "4, 4", "7, 5", "64, 9", "65, 8", "16, 0"})
  void equations_areThoseOfOneRowAfterTheOther(int rank, int rows) {
    SplittableRandom random = new SplittableRandom(rank + 100L * rows);
    double[][] base = new double[rank][rank];
    Gram.addOuter(base, random.doubles(rank).toArray(), 1);
    NormalEquations equations = new NormalEquations(rank);
    equations.begin(base);
    equations.add(random.doubles(rank).toArray(), 0, 5);
    equations.end(7);

    double[][] q = new double[rank][];
    for (int f = 0; f < rank; f++) {
      q[f] = base[f].clone();
    }
    double[] b = new double[rank];
    equations.begin(base);
    for (int row = 0; row < rows; row++) {
      double[] y = random.doubles(rank + 2).map(x -> x < 0.6 ? 0 : x).toArray();
      equations.add(y, 2, 1);
      double[] h = Arrays.copyOfRange(y, 2, rank + 2);
      Gram.addOuter(q, h, 1);
      Gram.addScaled(b, 1, h);
    }
    equations.end(0.25);
    double[] x = random.doubles(rank).toArray();
    double value = 0;
    for (int f = 0; f < rank; f++) {
      q[f][f] += 0.25;
      value -= 2 * b[f] * x[f];
      for (int g = 0; g < rank; g++) {
        value += x[f] * q[f][g] * x[g];
      }
    }
    assertEquals(rows, equations.total());
    assertArrayEquals(b, equations.b());
    for (int f = 0; f < rank; f++) {
      assertArrayEquals(q[f], equations.q()[f]);
    }
    assertEquals(value, equations.value(x, 0), 1e-12 * (1 + Math.abs(value)));
  }
}
