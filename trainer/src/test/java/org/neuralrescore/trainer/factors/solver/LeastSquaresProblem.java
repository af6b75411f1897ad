// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.SplittableRandom;
import org.apache.mahout.math.CholeskyDecomposition;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;

/** A non-negative least-squares problem, {@code Q = M'M + ridge I} and a b of both signs. */
final class LeastSquaresProblem {
  private final int rank;
  private final double[][] q;
  private final double[] b;

  private LeastSquaresProblem(int rank, double[][] q, double[] b) {
    this.rank = rank;
    this.q = q;
    this.b = b;
  }

  int rank() {
    return rank;
  }

  double[][] q() {
    return q;
  }

  double[] b() {
    return b;
  }

  static LeastSquaresProblem draw(int rank, double ridge, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] m = new double[rank + 1][rank];
    for (double[] row : m) {
      for (int f = 0; f < rank; f++) {
        row[f] = random.nextDouble() - (seed % 2 == 0 ? 0.5 : 0);
      }
    }
    double[][] q = new double[rank][rank];
    double[] b = new double[rank];
    for (int f = 0; f < rank; f++) {
      for (int g = 0; g < rank; g++) {
        for (double[] row : m) {
          q[f][g] += row[f] * row[g];
        }
      }
      q[f][f] += ridge;
      b[f] = random.nextDouble() * 2 - 1;
    }
    return new LeastSquaresProblem(rank, q, b);
  }

  double[] flat() {
    double[] flat = new double[rank * rank];
    for (int f = 0; f < rank; f++) {
      System.arraycopy(q[f], 0, flat, f * rank, rank);
    }
    return flat;
  }

  double value(double[] x) {
    double sum = 0;
    for (int f = 0; f < rank; f++) {
      sum -= b[f] * x[f];
      for (int g = 0; g < rank; g++) {
        sum += 0.5 * x[f] * q[f][g] * x[g];
      }
    }
    return sum;
  }

  /** The best of the minima over every active set, by Mahout's Cholesky. */
  double[] bruteForce() {
    double[] best = new double[rank];
    for (int set = 1; set < 1 << rank; set++) {
      double[] x = passiveMinimum(set);
      boolean feasible = true;
      for (double value : x) {
        feasible &= value >= 0;
      }
      if (feasible && value(x) < value(best)) {
        best = x;
      }
    }
    return best;
  }

  double[] passiveMinimum(int set) {
    int size = Integer.bitCount(set);
    int[] members = new int[size];
    for (int f = 0, i = 0; f < rank; f++) {
      if ((set >> f & 1) == 1) {
        members[i++] = f;
      }
    }
    Matrix sub = new DenseMatrix(size, size);
    Matrix right = new DenseMatrix(size, 1);
    for (int i = 0; i < size; i++) {
      right.set(i, 0, b[members[i]]);
      for (int j = 0; j < size; j++) {
        sub.set(i, j, q[members[i]][members[j]]);
      }
    }
    CholeskyDecomposition cholesky = new CholeskyDecomposition(sub, false);
    Matrix solved = cholesky.solveRight(identity(size));
    // With the identity, solveRight gives L'^-1, and Q^-1 = L'^-1 L^-1.
    Matrix inverse = solved.times(solved.transpose());
    double[] x = new double[rank];
    for (int i = 0; i < size; i++) {
      x[members[i]] = inverse.viewRow(i).dot(right.viewColumn(0));
    }
    return x;
  }

  private static Matrix identity(int size) {
    Matrix identity = new DenseMatrix(size, size);
    for (int i = 0; i < size; i++) {
      identity.set(i, i, 1);
    }
    return identity;
  }
}
