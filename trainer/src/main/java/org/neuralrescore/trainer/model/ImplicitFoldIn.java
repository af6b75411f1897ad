// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * The fold-in of the weighted implicit loss. It minimises the user's part of it (Hu et al. 2008, in
 * the form of Rendle et al. 2021),
 *
 * <pre>
 * sum_i w_i (1 - &lt;x, h_i&gt;)^2 + alpha0 x' G x + lambda (sum_i w_i + alpha0 n) |x|^2,  x &gt;= 0
 * </pre>
 *
 * with {@code G = H'H} over all {@code n} items, by a fixed number of accelerated projected
 * gradient steps (Nesterov 1983; FISTA of Beck and Teboulle 2009) from zero. Every entry of the
 * normal matrix {@code Q} is non-negative, so its row sums bound its curvature factor by factor
 * ({@code diag(Q 1) - Q} is diagonally dominant) and give each factor a step length of its own.
 */
public final class ImplicitFoldIn implements FoldIn {
  private final int rank;
  private final float[] scaledGram;
  private final float lambda;
  private final float unobserved;
  private final int iterations;

  /**
   * @param rank k
   * @param scaledGram {@code alpha0 G}, row-major [rank x rank], symmetric, non-negative; not
   *     copied
   * @param lambda regularisation a unit of weight, {@code lambda} of Rendle et al. 2021
   * @param unobserved {@code alpha0 n}, the total weight of everything unobserved
   * @param iterations gradient steps
   */
  public ImplicitFoldIn(
      int rank, float[] scaledGram, float lambda, float unobserved, int iterations) {
    if (scaledGram.length != rank * rank) {
      throw new IllegalArgumentException(
          "fold-in expects a gram matrix of " + rank + " x " + rank + ", got " + scaledGram.length);
    }
    if (!(lambda > 0f) || !(unobserved >= 0f) || iterations < 1) {
      throw new IllegalArgumentException(
          "fold-in expects lambda > 0, unobserved >= 0 and iterations >= 1, got "
              + lambda
              + ", "
              + unobserved
              + ", "
              + iterations);
    }
    this.rank = rank;
    this.scaledGram = scaledGram;
    this.lambda = lambda;
    this.unobserved = unobserved;
    this.iterations = iterations;
  }

  @Override
  public int rank() {
    return rank;
  }

  /** {@code alpha0 G}, row-major [rank x rank], not a copy. */
  public float[] scaledGram() {
    return scaledGram;
  }

  /** Regularisation a unit of weight. */
  public float lambda() {
    return lambda;
  }

  /** The total weight of everything unobserved, {@code alpha0 n}. */
  public float unobserved() {
    return unobserved;
  }

  @Override
  public int iterations() {
    return iterations;
  }

  @Override
  public float[] encode(float[] items, float[] weights) {
    int n = weights.length;
    FoldIn.requireHistory(rank, items, weights);
    float[] q = scaledGram.clone();
    float[] b = new float[rank];
    float total = 0f;
    for (int i = 0; i < n; i++) {
      total += weights[i];
      for (int f = 0; f < rank; f++) {
        float weighted = weights[i] * items[i * rank + f];
        if (weighted != 0f) {
          b[f] += weighted;
          for (int g = 0; g < rank; g++) {
            q[f * rank + g] += weighted * items[i * rank + g];
          }
        }
      }
    }
    float ridge = lambda * (total + unobserved);
    float[] step = new float[rank];
    for (int f = 0; f < rank; f++) {
      q[f * rank + f] += ridge;
      float sum = 0f;
      for (int g = 0; g < rank; g++) {
        sum += q[f * rank + g];
      }
      step[f] = sum;
    }
    return ProjectedDescent.run(q, b, step, iterations);
  }
}
