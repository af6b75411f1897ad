// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.Arrays;

/**
 * The fold-in of the generalised Kullback-Leibler divergence: minimises
 *
 * <pre>
 * sum_i (p_i - w_i log p_i) + l1 sum x + l2 / 2 |x|^2,  p_i = &lt;x, h_i&gt;,  x &gt;= 0,
 * </pre>
 *
 * the sum over all items, of which those outside the history come in by the column sums {@code s}
 * of H alone. By multiplicative steps (Lee and Seung 2001), which are those of expectation
 * maximisation for a Poisson model,
 *
 * <pre>
 * x_f &lt;- x_f sum_i (w_i / p_i) h_if / (s_f + l1 + l2 x_f),
 * </pre>
 *
 * from the uniform vector whose predictions sum to the history's weight.
 */
public final class KullbackLeiblerFoldIn implements FoldIn {
  /** Stands for zero in a denominator. */
  public static final float TINY = 1e-10f;

  private final int rank;
  private final float[] cost;
  private final float l2;
  private final float start;
  private final int iterations;

  /**
   * @param columnSums {@code s}, [rank], at least 0; copied
   * @param l1 at least 0
   * @param l2 at least 0
   * @param iterations multiplicative steps
   */
  public KullbackLeiblerFoldIn(float[] columnSums, float l1, float l2, int iterations) {
    if (!(l1 >= 0f) || !(l2 >= 0f) || iterations < 1) {
      throw new IllegalArgumentException(
          "Kullback-Leibler fold-in expects l1 >= 0, l2 >= 0 and iterations >= 1, got "
              + l1
              + ", "
              + l2
              + ", "
              + iterations);
    }
    this.rank = columnSums.length;
    this.cost = new float[rank];
    float sum = 0f;
    for (int f = 0; f < rank; f++) {
      sum += columnSums[f];
      cost[f] = columnSums[f] + l1 + TINY;
    }
    this.start = 1f / (sum + TINY);
    this.l2 = l2;
    this.iterations = iterations;
  }

  @Override
  public int rank() {
    return rank;
  }

  /** {@code s + l1}, [rank], positive, not a copy. */
  public float[] cost() {
    return cost;
  }

  /** Weight of half the sum of squares. */
  public float l2() {
    return l2;
  }

  /** What every factor starts at, for a history of weight 1. */
  public float start() {
    return start;
  }

  @Override
  public int iterations() {
    return iterations;
  }

  @Override
  public float[] encode(float[] items, float[] weights) {
    FoldIn.requireHistory(rank, items, weights);
    float[] x = new float[rank];
    Arrays.fill(x, sum(weights) * start);
    descend(items, weights, x, iterations);
    return x;
  }

  /**
   * Encodes a history from the vector of one that differs by a few items, in fewer steps. A little
   * of the uniform vector is mixed in: a factor at zero could not come back.
   *
   * @param from [rank], as {@link #encode} or this gave it
   * @param share of the uniform vector, above 0 and below 1
   * @return [rank], non-negative, new
   */
  public float[] refine(float[] items, float[] weights, float[] from, float share, int steps) {
    FoldIn.requireHistory(rank, items, weights);
    float uniform = share * sum(weights) * start;
    float[] x = new float[rank];
    for (int f = 0; f < rank; f++) {
      x[f] = (1 - share) * from[f] + uniform;
    }
    descend(items, weights, x, steps);
    return x;
  }

  private static float sum(float[] weights) {
    float total = 0f;
    for (float weight : weights) {
      total += weight;
    }
    return total;
  }

  private void descend(float[] items, float[] weights, float[] x, int steps) {
    int n = weights.length;
    float[] byFactor = transposed(items, n);
    float[] predictions = new float[n];
    float[] pull = new float[rank];
    for (int t = 0; t < steps; t++) {
      Arrays.fill(predictions, TINY);
      for (int f = 0; f < rank; f++) {
        if (x[f] != 0f) {
          addScaled(predictions, x[f], byFactor, f * n, n);
        }
      }
      Arrays.fill(pull, 0f);
      for (int i = 0; i < n; i++) {
        addScaled(pull, weights[i] / predictions[i], items, i * rank, rank);
      }
      for (int f = 0; f < rank; f++) {
        x[f] *= pull[f] / (cost[f] + l2 * x[f]);
      }
    }
  }

  /** Both products run along their rows, which is what the compiler vectorises. */
  private float[] transposed(float[] items, int n) {
    float[] transposed = new float[items.length];
    for (int i = 0; i < n; i++) {
      for (int f = 0; f < rank; f++) {
        transposed[f * n + i] = items[i * rank + f];
      }
    }
    return transposed;
  }

  private static void addScaled(float[] y, float scale, float[] x, int offset, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += scale * x[offset + i];
    }
  }
}
