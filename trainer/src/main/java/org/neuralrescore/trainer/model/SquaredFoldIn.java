// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * The fold-in of the squared error over all cells: minimises
 *
 * <pre>
 * 1/2 sum_i (w_i - &lt;x, h_i&gt;)^2 + l1 sum x + ridge / 2 |x|^2,  x &gt;= 0,
 * </pre>
 *
 * the sum over all items, {@code w_i} zero outside the history, so that {@code Q = H'H + ridge I}
 * is the same for every history. By {@link ProjectedDescent}.
 */
public final class SquaredFoldIn implements FoldIn {
  private final int rank;
  private final float[] normal;
  private final float[] step;
  private final float l1;
  private final int iterations;

  /**
   * @param gram {@code H'H}, row-major [rank x rank], symmetric, non-negative; copied
   * @param ridge above 0: without one a factor that no item has divides zero by zero
   * @param l1 at least 0
   * @param iterations gradient steps
   */
  public SquaredFoldIn(int rank, float[] gram, float ridge, float l1, int iterations) {
    if (gram.length != rank * rank) {
      throw new IllegalArgumentException(
          "fold-in expects a gram matrix of " + rank + " x " + rank + ", got " + gram.length);
    }
    if (!(ridge > 0f) || !(l1 >= 0f) || iterations < 1) {
      throw new IllegalArgumentException(
          "squared fold-in expects ridge > 0, l1 >= 0 and iterations >= 1, got "
              + ridge
              + ", "
              + l1
              + ", "
              + iterations);
    }
    this.rank = rank;
    this.normal = gram.clone();
    this.step = new float[rank];
    for (int f = 0; f < rank; f++) {
      normal[f * rank + f] += ridge;
      float sum = 0f;
      for (int g = 0; g < rank; g++) {
        sum += normal[f * rank + g];
      }
      step[f] = sum;
    }
    this.l1 = l1;
    this.iterations = iterations;
  }

  @Override
  public int rank() {
    return rank;
  }

  /** {@code H'H + ridge I}, row-major [rank x rank], not a copy. */
  public float[] normal() {
    return normal;
  }

  /** Row sums of {@link #normal}, [rank], not a copy. */
  public float[] step() {
    return step;
  }

  /** What a unit of a factor costs. */
  public float l1() {
    return l1;
  }

  @Override
  public int iterations() {
    return iterations;
  }

  @Override
  public float[] encode(float[] items, float[] weights) {
    FoldIn.requireHistory(rank, items, weights);
    float[] b = new float[rank];
    for (int i = 0; i < weights.length; i++) {
      for (int f = 0; f < rank; f++) {
        b[f] += weights[i] * items[i * rank + f];
      }
    }
    for (int f = 0; f < rank; f++) {
      b[f] -= l1;
    }
    return ProjectedDescent.run(normal, b, step, iterations);
  }
}
