// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain.matching;

import java.util.Arrays;

/**
 * The assignment problem: every row gets a column of its own so that the sum of costs is least.
 * Exact, by the Hungarian method in the form of Jonker and Volgenant (1987): rows enter one by one,
 * each along a shortest augmenting path under prices that keep all reduced costs non-negative.
 * {@code O(n^3)} time, {@code O(n)} memory beside the costs.
 */
public final class Assignment {
  private Assignment() {}

  /**
   * Solves.
   *
   * @param costs row-major [n x n], finite
   * @return by row, its column; among equally good assignments the same one every time
   */
  public static int[] solve(int n, double[] costs) {
    if (costs.length != (long) n * n) {
      throw new IllegalArgumentException(
          "assignment of " + n + " rows expects " + (long) n * n + " costs, got " + costs.length);
    }
    for (int i = 0; i < costs.length; i++) {
      if (!Double.isFinite(costs[i])) {
        throw new IllegalArgumentException(
            "assignment cost of row " + i / n + " column " + i % n + " is " + costs[i]);
      }
    }
    // Column n is a stand-in where the path of the row that enters begins.
    int[] rowOf = new int[n + 1];
    Arrays.fill(rowOf, -1);
    double[] rowPrice = new double[n];
    double[] columnPrice = new double[n + 1];
    for (int entering = 0; entering < n; entering++) {
      augment(n, costs, entering, rowOf, rowPrice, columnPrice);
    }
    int[] columnOf = new int[n];
    for (int column = 0; column < n; column++) {
      columnOf[rowOf[column]] = column;
    }
    return columnOf;
  }

  private static void augment(
      int n, double[] costs, int entering, int[] rowOf, double[] rowPrice, double[] columnPrice) {
    double[] distance = new double[n + 1];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int[] before = new int[n + 1];
    boolean[] settled = new boolean[n + 1];
    rowOf[n] = entering;
    int column = n;
    while (rowOf[column] >= 0) {
      settled[column] = true;
      int row = rowOf[column];
      double step = Double.POSITIVE_INFINITY;
      int nearest = -1;
      for (int c = 0; c < n; c++) {
        if (settled[c]) {
          continue;
        }
        double reduced = costs[row * n + c] - rowPrice[row] - columnPrice[c];
        if (reduced < distance[c]) {
          distance[c] = reduced;
          before[c] = column;
        }
        if (distance[c] < step) {
          step = distance[c];
          nearest = c;
        }
      }
      for (int c = 0; c <= n; c++) {
        if (settled[c]) {
          rowPrice[rowOf[c]] += step;
          columnPrice[c] -= step;
        } else {
          distance[c] -= step;
        }
      }
      column = nearest;
    }
    while (column != n) {
      rowOf[column] = rowOf[before[column]];
      column = before[column];
    }
  }
}
