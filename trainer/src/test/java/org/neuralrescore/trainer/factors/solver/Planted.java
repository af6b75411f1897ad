// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * A matrix that is exactly {@code W H'} with factors that are unique up to order and scale: each
 * has rows and columns that no other shares, beside shared ones.
 */
record Planted(SparseMatrix matrix, NmfState truth) {

  static Planted draw(int rows, int columns, int rank, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] w = side(rows, rank, random);
    double[] h = side(columns, rank, random);
    NmfState truth = NmfState.warmStart(rank, w, h);
    double[][] dense = new double[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        dense[r][c] = DenseReference.predict(truth, r, c);
      }
    }
    return new Planted(DenseReference.sparse(dense), truth);
  }

  private static double[] side(int length, int rank, SplittableRandom random) {
    double[] factor = new double[length * rank];
    for (int i = 0; i < length; i++) {
      int owner = i % rank;
      for (int f = 0; f < rank; f++) {
        boolean shared = i >= length * 2 / 3 && random.nextDouble() < 0.4;
        factor[i * rank + f] = f == owner || shared ? 0.5 + random.nextDouble() : 0;
      }
    }
    return factor;
  }

  /** The best cosine between a true item factor and any recovered one. */
  double bestCosine(NmfState found, int factor) {
    double best = 0;
    for (int g = 0; g < found.rank(); g++) {
      double dot = 0;
      double a = 0;
      double b = 0;
      for (int i = 0; i < truth.columns().length / truth.rank(); i++) {
        double x = truth.columns()[i * truth.rank() + factor];
        double y = found.columns()[i * found.rank() + g];
        dot += x * y;
        a += x * x;
        b += y * y;
      }
      if (a > 0 && b > 0) {
        best = Math.max(best, dot / Math.sqrt(a * b));
      }
    }
    return best;
  }
}
