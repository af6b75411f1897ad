// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;
import org.neuralrescore.trainer.base.math.PositiveDefinite;

/** Room for {@code (G + lambda I) w = g} of a few items, one system after the other. */
final class RidgeSystem {
  private final double[][] upper;
  private final double[] right;

  /** Room for so many items. */
  RidgeSystem(int most) {
    upper = new double[most][most];
    right = new double[most];
  }

  /** The upper triangle, [most][most], to be filled from the diagonal on. */
  double[][] upper() {
    return upper;
  }

  /** The right side, to be filled; after {@link #solve} the solution. */
  double[] right() {
    return right;
  }

  /** Zeros where a system of n items is filled in. */
  void clear(int n) {
    for (int row = 0; row < n; row++) {
      Arrays.fill(upper[row], row, n, 0);
    }
  }

  /** Solves in place. */
  void solve(int n) {
    PositiveDefinite.solve(upper, right, n);
  }
}
