package org.neuralrescore.trainer.scorer;

import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.QRDecomposition;

/**
 * {@code logit = scale * dot + bias}, fitted to labels by the logistic loss: dot products of
 * factors become log-odds without a change of order. Or {@code scale * dot + wide * t + bias} of
 * two parts, where a part that would count against itself is left out.
 *
 * @param scale a, not below 0: a calibration never turns a ranking round
 * @param wide b, not below 0
 * @param bias c
 */
public record Calibration(float scale, float wide, float bias) {
  private static final int NEWTON_STEPS = 50;
  private static final double RIDGE = 1e-6;
  private static final double SMALLEST_SCALE = 1e-3;

  /** Of the dot product alone. */
  public Calibration(float scale, float bias) {
    this(scale, 0f, bias);
  }

  /**
   * Fits one or both parts by damped Newton steps, as {@link #fit(float[], boolean[])} does.
   *
   * @param dots dot products
   * @param sums t, of the same length
   * @param dot whether the dot product takes part; t does
   */
  static Calibration fit(float[] dots, float[] sums, boolean[] positive, boolean dot) {
    double[] x = {dot ? 1 : 0, 1, 0};
    double loss = loss(dots, sums, positive, x);
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double[] down = newton(dots, sums, positive, x, dot);
      double length = 1;
      double[] next = stepped(x, down, length);
      double nextLoss = loss(dots, sums, positive, next);
      while (!(nextLoss <= loss) && length > 1e-6) {
        length /= 2;
        next = stepped(x, down, length);
        nextLoss = loss(dots, sums, positive, next);
      }
      if (!(nextLoss < loss)) {
        break;
      }
      x = next;
      loss = nextLoss;
    }
    if (x[1] <= 0) {
      return fit(dots, positive);
    }
    return dot && x[0] <= 0
        ? fit(dots, sums, positive, false)
        : new Calibration((float) x[0], (float) x[1], (float) x[2]);
  }

  private static double[] stepped(double[] x, double[] down, double length) {
    double[] next = new double[3];
    for (int i = 0; i < 3; i++) {
      next[i] = x[i] - length * down[i];
    }
    return next;
  }

  private static double[] newton(
      float[] dots, float[] sums, boolean[] positive, double[] x, boolean dot) {
    double[][] hessian = {{RIDGE, 0, 0}, {0, RIDGE, 0}, {0, 0, RIDGE}};
    double[] gradient = {RIDGE * x[0], RIDGE * x[1], 0};
    double[] row = new double[3];
    for (int i = 0; i < dots.length; i++) {
      row[0] = dot ? dots[i] : 0;
      row[1] = sums[i];
      row[2] = 1;
      double p = 1 / (1 + Math.exp(-(x[0] * row[0] + x[1] * row[1] + x[2])));
      double error = p - (positive[i] ? 1 : 0);
      for (int a = 0; a < 3; a++) {
        gradient[a] += error * row[a];
        for (int b = 0; b < 3; b++) {
          hessian[a][b] += p * (1 - p) * row[a] * row[b];
        }
      }
    }
    double[][] right = {{gradient[0]}, {gradient[1]}, {gradient[2]}};
    Matrix solved = new QRDecomposition(new DenseMatrix(hessian)).solve(new DenseMatrix(right));
    return new double[] {solved.get(0, 0), solved.get(1, 0), solved.get(2, 0)};
  }

  private static double loss(float[] dots, float[] sums, boolean[] positive, double[] x) {
    double sum = RIDGE * (x[0] * x[0] + x[1] * x[1]) / 2;
    for (int i = 0; i < dots.length; i++) {
      double logit = x[0] * dots[i] + x[1] * sums[i] + x[2];
      sum += Softplus.of(positive[i] ? -logit : logit);
    }
    return sum;
  }

  /**
   * Fits by damped Newton steps (Platt 1999), in the given order, so that the result is exact to
   * the bit.
   *
   * @param dots dot products
   * @param positive labels, of the same length
   */
  public static Calibration fit(float[] dots, boolean[] positive) {
    double a = 1;
    double c = 0;
    double loss = loss(dots, positive, a, c);
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double ga = RIDGE * a;
      double gc = 0;
      double haa = RIDGE;
      double hac = 0;
      double hcc = RIDGE;
      for (int i = 0; i < dots.length; i++) {
        double p = 1 / (1 + Math.exp(-(a * dots[i] + c)));
        double error = p - (positive[i] ? 1 : 0);
        double curvature = p * (1 - p);
        ga += error * dots[i];
        gc += error;
        haa += curvature * dots[i] * dots[i];
        hac += curvature * dots[i];
        hcc += curvature;
      }
      double determinant = haa * hcc - hac * hac;
      double da = (hcc * ga - hac * gc) / determinant;
      double dc = (haa * gc - hac * ga) / determinant;
      double length = 1;
      double next = loss(dots, positive, a - da, c - dc);
      while (!(next <= loss) && length > 1e-6) {
        length /= 2;
        next = loss(dots, positive, a - length * da, c - length * dc);
      }
      if (!(next < loss)) {
        break;
      }
      a -= length * da;
      c -= length * dc;
      loss = next;
    }
    return new Calibration((float) Math.max(SMALLEST_SCALE, a), (float) c);
  }

  private static double loss(float[] dots, boolean[] positive, double a, double c) {
    double sum = RIDGE * a * a / 2;
    for (int i = 0; i < dots.length; i++) {
      double logit = a * dots[i] + c;
      sum += Softplus.of(positive[i] ? -logit : logit);
    }
    return sum;
  }
}
