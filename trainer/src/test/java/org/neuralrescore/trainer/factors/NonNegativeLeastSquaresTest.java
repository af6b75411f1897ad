// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.DenseVector;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.QRDecomposition;
import org.apache.mahout.math.Vector;
import org.junit.jupiter.api.Test;

/** Against every active set solved by Mahout's QR, of which the best feasible one is the answer. */
class NonNegativeLeastSquaresTest {
  private static final int RANK = 6;

  @Test
  void solve_findsTheBestActiveSet() {
    SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < 30; trial++) {
      double[][] q = positiveDefinite(random);
      double[] b = random.doubles(RANK, -1, 1).toArray();
      double[] x = new double[RANK];
      new NonNegativeLeastSquares(RANK).solve(q, b, x, 0, 10_000, 1e-14);
      assertArrayEquals(byActiveSets(q, b), x, 1e-8, "trial " + trial);
    }
  }

  @Test
  void solve_endsAtAKarushKuhnTuckerPoint() {
    SplittableRandom random = new SplittableRandom(12);
    double[][] q = positiveDefinite(random);
    double[] b = random.doubles(RANK, -1, 1).toArray();
    double[] x = new double[RANK];
    new NonNegativeLeastSquares(RANK).solve(q, b, x, 0, 10_000, 1e-14);
    for (int f = 0; f < RANK; f++) {
      double gradient = -b[f];
      for (int g = 0; g < RANK; g++) {
        gradient += q[f][g] * x[g];
      }
      assertTrue(x[f] >= 0);
      assertTrue(gradient > -1e-9, "factor " + f + " wants to grow: " + gradient);
      assertEquals(0, gradient * x[f], 1e-9);
    }
  }

  @Test
  void solve_neverRaisesTheValue_fromAnyStart() {
    SplittableRandom random = new SplittableRandom(13);
    double[][] q = positiveDefinite(random);
    double[] b = random.doubles(RANK, -1, 1).toArray();
    double[] x = random.doubles(3 + RANK, 0, 2).toArray();
    double before = value(q, b, x, 3);
    for (int sweep = 0; sweep < 20; sweep++) {
      new NonNegativeLeastSquares(RANK).solve(q, b, x, 3, 1, 0);
      double after = value(q, b, x, 3);
      assertTrue(after <= before + 1e-12, after + " after " + before);
      before = after;
    }
  }

  private static double value(double[][] q, double[] b, double[] x, int offset) {
    double value = 0;
    for (int f = 0; f < RANK; f++) {
      for (int g = 0; g < RANK; g++) {
        value += 0.5 * q[f][g] * x[offset + f] * x[offset + g];
      }
      value -= b[f] * x[offset + f];
    }
    return value;
  }

  private static double[][] positiveDefinite(SplittableRandom random) {
    double[][] q = new double[RANK][RANK];
    for (int n = 0; n < RANK + 2; n++) {
      Gram.addOuter(q, random.doubles(RANK, -0.3, 1).toArray(), 1.0);
    }
    for (int f = 0; f < RANK; f++) {
      q[f][f] += 0.05;
    }
    return q;
  }

  private static double[] byActiveSets(double[][] q, double[] b) {
    double[] best = new double[RANK];
    double bestValue = 0;
    for (int set = 1; set < 1 << RANK; set++) {
      int size = Integer.bitCount(set);
      int[] members = new int[size];
      int n = 0;
      for (int f = 0; f < RANK; f++) {
        if ((set >> f & 1) == 1) {
          members[n++] = f;
        }
      }
      Matrix part = new DenseMatrix(size, size);
      Vector right = new DenseVector(size);
      for (int i = 0; i < size; i++) {
        right.set(i, b[members[i]]);
        for (int j = 0; j < size; j++) {
          part.set(i, j, q[members[i]][members[j]]);
        }
      }
      Matrix solution =
          new QRDecomposition(part).solve(right.cross(new DenseVector(new double[] {1})));
      double[] x = new double[RANK];
      boolean feasible = true;
      for (int i = 0; i < size; i++) {
        x[members[i]] = solution.get(i, 0);
        feasible &= x[members[i]] >= 0;
      }
      if (feasible && value(q, b, x, 0) < bestValue) {
        bestValue = value(q, b, x, 0);
        best = x;
      }
    }
    return best;
  }
}
