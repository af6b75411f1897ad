// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * Non-negative double singular value decomposition (Boutsidis and Gallopoulos 2008, figure 1): the
 * first triplet as it is, and of every other one the heavier of its positive and negative parts.
 */
final class NnDsvd {
  private final NmfOptions options;
  private final Workers workers;

  NnDsvd(NmfOptions options, Workers workers) {
    this.options = options;
    this.workers = workers;
  }

  /**
   * Writes the start over a random one, which stays for the factors that A has no triplet for: a
   * factor that is zero on both sides would never be used.
   */
  void overwrite(SparseMatrix matrix, double[] w, double[] h) {
    int rank = options.rank();
    RandomisedSvd svd = new RandomisedSvd(matrix, rank, options.seed(), workers);
    for (int f = 0; f < svd.size(); f++) {
      double value = svd.value(f);
      if (value > 1e-10 * svd.value(0)) {
        double[] u = svd.left(f);
        double[] v = svd.right(f);
        double positive = norm(u, 1) * norm(v, 1);
        double negative = norm(u, -1) * norm(v, -1);
        double sign = positive >= negative ? 1 : -1;
        double scale = Math.sqrt(value * Math.max(positive, negative));
        write(u, sign, scale / norm(u, sign), w, f, rank);
        write(v, sign, scale / norm(v, sign), h, f, rank);
      }
    }
  }

  private static double norm(double[] x, double sign) {
    double sum = 0;
    for (double value : x) {
      double part = Math.max(0, sign * value);
      sum += part * part;
    }
    return Math.sqrt(sum);
  }

  private static void write(
      double[] x, double sign, double scale, double[] factor, int f, int rank) {
    for (int i = 0; i < x.length; i++) {
      factor[i * rank + f] = scale * Math.max(0, sign * x[i]);
    }
  }
}
