package org.neuralrescore.trainer.factors.softmax;

/**
 * The inner loops in float. HotSpot's C2 turns a counted loop into vector instructions where it
 * stores to one array and reads all at the same index, so they have that form.
 */
final class FloatKernels {
  /** Vectors that {@link #combine} adds in one walk. */
  static final int GROUP = 8;

  private FloatKernels() {}

  /** {@code y[i] += a x[i]}. */
  static void axpy(float[] y, float a, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += a * x[i];
    }
  }

  /**
   * {@code y += sum_{g < size} a[g] x[from + g]}.
   *
   * @param size at most {@link #GROUP}
   * @param n elements
   */
  static void combine(float[] y, float[] a, float[][] x, int from, int size, int n) {
    if (size == GROUP) {
      axpy4(y, a[0], x[from], a[1], x[from + 1], a[2], x[from + 2], a[3], x[from + 3], n);
      axpy4(y, a[4], x[from + 4], a[5], x[from + 5], a[6], x[from + 6], a[7], x[from + 7], n);
      return;
    }
    for (int g = 0; g < size; g++) {
      axpy(y, a[g], x[from + g], n);
    }
  }

  private static void axpy4(
      float[] y,
      float a0,
      float[] x0,
      float a1,
      float[] x1,
      float a2,
      float[] x2,
      float a3,
      float[] x3,
      int n) {
    for (int i = 0; i < n; i++) {
      y[i] += (a0 * x0[i] + a1 * x1[i]) + (a2 * x2[i] + a3 * x3[i]);
    }
  }

  /** {@code y[i] *= a}. */
  static void scale(float[] y, float a, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= a;
    }
  }

  /** The largest of the first {@code n} of at least 1. */
  static float max(float[] x, int n) {
    float m0 = x[0];
    float m1 = m0;
    float m2 = m0;
    float m3 = m0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      m0 = Math.max(m0, x[i]);
      m1 = Math.max(m1, x[i + 1]);
      m2 = Math.max(m2, x[i + 2]);
      m3 = Math.max(m3, x[i + 3]);
    }
    for (; i < n; i++) {
      m0 = Math.max(m0, x[i]);
    }
    return Math.max(Math.max(m0, m1), Math.max(m2, m3));
  }

  /**
   * {@code x[i] = exp(x[i] - max)}.
   *
   * @return their sum
   */
  static double exponentials(float[] x, float max, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      x[i] = (float) Math.exp(x[i] - max);
      sum += x[i];
    }
    return sum;
  }
}
