// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.Vector;
import org.apache.mahout.math.solver.EigenDecomposition;

/**
 * How many directions the rows of a factor matrix really use: {@code exp(-sum p_i log p_i)} with
 * {@code p_i} the share of the i-th singular value in their sum (Roy and Vetterli 2007, "The
 * Effective Rank: A Measure of Effective Dimensionality"). Rows count by their direction alone,
 * each scaled to length 1, and rows of zeros not at all: common items are long, and must not hide
 * that all point the same way.
 *
 * @param value from 1, where all rows are parallel, to {@code columns}
 * @param columns the rank that was asked for
 */
public record EffectiveRank(double value, int columns) {
  /** Below this share of the columns a factorisation is called collapsed. */
  private static final double COLLAPSED = 0.05;

  /** Measures. A matrix of zeros has the value 1. */
  public static EffectiveRank of(FactorMatrix factors) {
    int k = factors.rank();
    double[][] gram = gramOfDirections(factors);
    Matrix matrix = new DenseMatrix(gram);
    Vector eigenvalues = new EigenDecomposition(matrix, true).getRealEigenvalues();
    double[] singular = new double[k];
    double sum = 0;
    for (int i = 0; i < k; i++) {
      singular[i] = Math.sqrt(Math.max(0, eigenvalues.get(i)));
      sum += singular[i];
    }
    double entropy = 0;
    for (double value : singular) {
      double share = sum > 0 ? value / sum : 0;
      if (share > 0) {
        entropy -= share * Math.log(share);
      }
    }
    return new EffectiveRank(Math.exp(entropy), k);
  }

  /** Whether next to nothing of the columns is used: a model that ranks for everybody alike. */
  public boolean collapsed() {
    return columns > 1 && value < 1 + COLLAPSED * (columns - 1);
  }

  /** {@code sum_r (w_r / |w_r|)' (w_r / |w_r|)}, {@code [k x k]}. */
  private static double[][] gramOfDirections(FactorMatrix factors) {
    int k = factors.rank();
    float[] values = factors.values();
    double[][] gram = new double[k][k];
    for (int r = 0; r < factors.rows(); r++) {
      double square = 0;
      for (int i = r * k; i < (r + 1) * k; i++) {
        square += (double) values[i] * values[i];
      }
      if (square == 0) {
        continue;
      }
      for (int i = 0; i < k; i++) {
        double scaled = values[r * k + i] / square;
        if (scaled != 0) {
          for (int j = 0; j < k; j++) {
            gram[i][j] += scaled * values[r * k + j];
          }
        }
      }
    }
    return gram;
  }
}
