package org.neuralrescore.trainer.nmf.solver;

/**
 * The inner loops. Each is one counted loop over flat arrays with independent iterations, the form
 * that HotSpot's C2 turns into vector instructions; sums, which C2 must keep in order, run in four
 * lanes of their own.
 */
final class DenseKernels {
  private DenseKernels() {}

  /** {@code y[yo + i] += a x[xo + i]}. */
  static void axpy(double[] y, int yo, double a, double[] x, int xo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += a * x[xo + i];
    }
  }

  /** Four {@link #axpy} from one array at a quarter of the loads and stores of {@code y}. */
  static void axpy4(
      double[] y,
      int yo,
      double a0,
      int o0,
      double a1,
      int o1,
      double a2,
      int o2,
      double a3,
      int o3,
      double[] x,
      int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += (a0 * x[o0 + i] + a1 * x[o1 + i]) + (a2 * x[o2 + i] + a3 * x[o3 + i]);
    }
  }

  /** {@code sum x[xo + i] y[yo + i]}. */
  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += x[xo + i] * y[yo + i];
      s1 += x[xo + i + 1] * y[yo + i + 1];
      s2 += x[xo + i + 2] * y[yo + i + 2];
      s3 += x[xo + i + 3] * y[yo + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[xo + i] * y[yo + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code sum x[xo + i]}. */
  static double sum(double[] x, int xo, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += x[xo + i];
      s1 += x[xo + i + 1];
      s2 += x[xo + i + 2];
      s3 += x[xo + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[xo + i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
