// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

/** One batch between its passes: user vectors, what is asked for, and what came back of it. */
public final class SoftmaxBatch {
  /** User vectors, row-major [rows x rank]. */
  public final float[] users;

  /** The gradient for user vectors, row-major [rows x rank]. */
  final float[] userGradients;

  /** What the rows are held against. */
  final Targets targets;

  private int size;

  /**
   * @param rows at most
   */
  public SoftmaxBatch(int rows, int rank, Targets targets) {
    users = new float[rows * rank];
    userGradients = new float[rows * rank];
    this.targets = targets;
  }

  public void begin(int rows) {
    size = rows;
  }

  int size() {
    return size;
  }

  public double weight() {
    double sum = 0;
    for (int row = 0; row < size; row++) {
      sum += targets.weight(row);
    }
    return sum;
  }
}
