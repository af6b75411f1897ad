// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import java.util.Arrays;
import org.neuralrescore.trainer.base.math.Adam;
import org.neuralrescore.trainer.base.parallel.Workers;

/**
 * Lazy projected Adam on the rows of a non-negative factor matrix: a step moves only the rows that
 * a batch touched, each with a step count of its own, and then sets what fell below zero to zero,
 * the projection onto the non-negative (Lin 2007 for plain gradients).
 */
public final class FactorAdam {
  private static final int ROWS_PER_PART = 64;

  private final int rank;
  private final Adam.Step rate;
  private final double[] first;
  private final double[] second;
  private final int[] steps;

  /**
   * For a matrix [rows x rank].
   *
   * @param rate the learning rate
   */
  public FactorAdam(int rows, int rank, double rate) {
    this.rank = rank;
    this.rate = new Adam.Step(rate, 0);
    first = new double[rows * rank];
    second = new double[rows * rank];
    steps = new int[rows];
  }

  /**
   * One step. Gradients of one row are summed in slot order, so the result does not depend on the
   * number of threads.
   *
   * @param matrix row-major [rows x rank], changed in place
   * @param rows the row of each slot; a negative row is an empty slot
   * @param slots slots in use
   * @param gradients row-major [slots x rank]
   * @param scale what sums of gradients are multiplied by
   */
  public void step(
      double[] matrix, int[] rows, int slots, double[] gradients, double scale, Workers workers) {
    long[] keys = new long[slots];
    int used = 0;
    for (int s = 0; s < slots; s++) {
      if (rows[s] >= 0) {
        keys[used++] = (long) rows[s] << 32 | s;
      }
    }
    Arrays.sort(keys, 0, used);
    int[] starts = new int[used + 1];
    int distinct = 0;
    for (int i = 0; i < used; i++) {
      if (i == 0 || keys[i] >>> 32 != keys[i - 1] >>> 32) {
        starts[distinct++] = i;
      }
    }
    starts[distinct] = used;
    workers.runRows(
        distinct,
        ROWS_PER_PART,
        (part, from, to) -> {
          double[] sum = new double[rank];
          for (int d = from; d < to; d++) {
            Arrays.fill(sum, 0);
            for (int i = starts[d]; i < starts[d + 1]; i++) {
              int slot = (int) keys[i];
              for (int f = 0; f < rank; f++) {
                sum[f] += gradients[slot * rank + f];
              }
            }
            move(matrix, (int) (keys[starts[d]] >>> 32), sum, scale);
          }
        });
  }

  private void move(double[] matrix, int row, double[] sum, double scale) {
    for (int f = 0; f < rank; f++) {
      sum[f] *= scale;
    }
    int at = row * rank;
    Adam.move(matrix, first, second, at, sum, rank, rate, ++steps[row]);
    for (int i = at; i < at + rank; i++) {
      matrix[i] = Math.max(0, matrix[i]);
    }
  }
}
