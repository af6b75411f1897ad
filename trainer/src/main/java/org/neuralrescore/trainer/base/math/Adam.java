// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

/**
 * One step of Adam (Kingma and Ba 2015) on a row of parameters x, with decoupled weight decay
 * (Loshchilov and Hutter 2019). The caller keeps its moments m and v, zero before the first step.
 * The loops in float store to one array each, for the sake of {@link VectorSums}' reason.
 */
public final class Adam {
  /** How long gradients are remembered. */
  public static final double BETA1 = 0.9;

  /** How long their squares are remembered, if a caller has no value of its own. */
  public static final double BETA2 = 0.999;

  public static final double EPSILON = 1e-8;

  private Adam() {}

  /**
   * A step in float.
   *
   * @param scale what gradients are multiplied by
   * @param beta2 how long squares of gradients are remembered
   * @param size the learning rate by the correction of m
   * @param spread the correction of v; 1 where size and epsilon have it
   * @param epsilon what is added to the root of v
   */
  public record FloatStep(float scale, float beta2, float size, float spread, float epsilon) {}

  /**
   * {@code x = keep x - size m / (sqrt(spread v) + epsilon)}, with m and v after this gradient.
   *
   * @param x changed in place, as m and v are
   * @param keep one less the decay
   */
  public static void move(
      float[] x, float[] gradient, float[] m, float[] v, FloatStep step, float keep) {
    remember(m, gradient, step.scale(), (float) BETA1, x.length);
    rememberSquares(v, gradient, step.scale(), step.beta2(), x.length);
    apply(x, m, v, keep, step.size(), step.spread(), step.epsilon(), x.length);
  }

  private static void remember(float[] m, float[] g, float scale, float beta, int n) {
    for (int i = 0; i < n; i++) {
      m[i] = beta * m[i] + (1 - beta) * (scale * g[i]);
    }
  }

  private static void rememberSquares(float[] v, float[] g, float scale, float beta, int n) {
    for (int i = 0; i < n; i++) {
      float scaled = scale * g[i];
      v[i] = beta * v[i] + (1 - beta) * scaled * scaled;
    }
  }

  private static void apply(
      float[] x, float[] m, float[] v, float keep, float size, float spread, float eps, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = keep * x[i] - size * m[i] / ((float) Math.sqrt(v[i] * spread) + eps);
    }
  }

  /**
   * A step in double.
   *
   * @param rate the learning rate
   * @param decay what is taken of a parameter by itself
   */
  public record Step(double rate, double decay) {}

  /**
   * {@code x -= decay x + rate (m / c1) / (sqrt(v / c2) + epsilon)}, with m and v after this
   * gradient and c the corrections of the first steps.
   *
   * @param x changed in place from {@code at} on, as m and v are
   * @param gradient [n]
   * @param n parameters
   * @param count which step of theirs it is, from 1
   */
  public static void move(
      double[] x, double[] m, double[] v, int at, double[] gradient, int n, Step step, int count) {
    double correction1 = 1 - Math.pow(BETA1, count);
    double correction2 = 1 - Math.pow(BETA2, count);
    for (int f = 0; f < n; f++) {
      int i = at + f;
      m[i] = BETA1 * m[i] + (1 - BETA1) * gradient[f];
      v[i] = BETA2 * v[i] + (1 - BETA2) * gradient[f] * gradient[f];
      double direction = m[i] / correction1 / (Math.sqrt(v[i] / correction2) + EPSILON);
      x[i] -= step.decay() * x[i] + step.rate() * direction;
    }
  }
}
