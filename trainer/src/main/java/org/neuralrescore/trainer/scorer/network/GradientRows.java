// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import java.util.Arrays;

/** What is done with whole gradients: rows of the widths of a network's parameters. */
public final class GradientRows {
  private GradientRows() {}

  /** Zeros of the same widths, new. */
  public static double[][] like(double[][] rows) {
    double[][] zeros = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      zeros[r] = new double[rows[r].length];
    }
    return zeros;
  }

  /** A copy, new. */
  public static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      copy[r] = rows[r].clone();
    }
    return copy;
  }

  /** Sets all to zero. */
  public static void clear(double[][] rows) {
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** {@code to += from}. */
  public static void add(double[][] to, double[][] from) {
    for (int r = 0; r < to.length; r++) {
      double[] sum = to[r];
      double[] part = from[r];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
  }

  /** {@code rows *= factor}. */
  public static void scale(double[][] rows, double factor) {
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= factor;
      }
    }
  }
}
