// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.QRDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.parallel.Workers;

class BlockInverseTest {
  private static double[][] positiveDefinite(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[][] a = new double[n][n];
    for (int sum = 0; sum < n + 5; sum++) {
      double[] x = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] += x[i] * x[j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      a[i][i] += 0.5;
    }
    return a;
  }

  private static void invert(double[][] a, int threads) {
    try (Workers workers = new Workers(threads)) {
      BlockInverse.invert(a, workers);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 31, 32, 33, 100})
  void invert_agreesWithMahout(int n) {
    double[][] a = positiveDefinite(n);
    DenseMatrix identity = new DenseMatrix(n, n);
    for (int i = 0; i < n; i++) {
      identity.set(i, i, 1);
    }
    Matrix expected = new QRDecomposition(new DenseMatrix(a)).solve(identity);
    invert(a, 2);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertEquals(expected.get(i, j), a[i][j], 1e-8, i + "/" + j);
      }
    }
  }

  @Test
  void invert_givesTheSameBits_onAnyNumberOfThreads() {
    double[][] one = positiveDefinite(200);
    double[][] four = positiveDefinite(200);
    invert(one, 1);
    invert(four, 4);
    for (int i = 0; i < one.length; i++) {
      assertArrayEquals(one[i], four[i]);
    }
  }

  @Test
  void invert_whenNotPositiveDefinite_refuses() {
    assertThrows(IllegalArgumentException.class, () -> invert(new double[][] {{0.0}}, 1));
    assertThrows(IllegalArgumentException.class, () -> invert(new double[][] {{1, 2}, {2, 1}}, 1));
  }
}
