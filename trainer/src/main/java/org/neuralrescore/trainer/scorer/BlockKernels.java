// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import org.neuralrescore.trainer.base.math.VectorSums;

/** The inner loops of a block of examples: sums must keep their order, so they run in fours. */
final class BlockKernels {
  private static final int TILE = 4;

  private BlockKernels() {}

  /**
   * {@code y[j] += sum_i a[i] x[i][j]}, in the order of i, four at a time.
   *
   * @param y [n], added to
   * @param a [count]
   * @param x [count], each [n]
   */
  static void combine(float[] y, float[] a, float[][] x, int count, int n) {
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      VectorSums.addFour(y, a, i, x, i, n);
    }
    for (; i < count; i++) {
      VectorSums.add(y, a[i], x[i], n);
    }
  }

  /**
   * {@code sum[i][o] += <x[i], d[o]>}: what a block adds to the gradient of a layer's weights.
   *
   * @param sum rows {@code first .. first + in - 1}, each [out], added to
   * @param x [in], each [n]
   * @param d [out], each [n]
   */
  static void addProducts(
      float[][] sum, int first, float[][] x, int in, float[][] d, int out, int n) {
    for (int i = 0; i < in; i += TILE) {
      for (int o = 0; o < out; o += TILE) {
        if (i + TILE <= in && o + TILE <= out) {
          tile(sum, first + i, o, x, i, d, n);
        } else {
          edge(sum, first + i, o, x, i, Math.min(in, i + TILE), d, Math.min(out, o + TILE), n);
        }
      }
    }
  }

  private static void edge(
      float[][] sum, int row, int o0, float[][] x, int i0, int iEnd, float[][] d, int oEnd, int n) {
    for (int i = i0; i < iEnd; i++) {
      for (int o = o0; o < oEnd; o++) {
        sum[row + i - i0][o] += dot(x[i], d[o], n);
      }
    }
  }

  private static float dot(float[] x, float[] y, int n) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      s0 += x[j] * y[j];
      s1 += x[j + 1] * y[j + 1];
      s2 += x[j + 2] * y[j + 2];
      s3 += x[j + 3] * y[j + 3];
    }
    for (; j < n; j++) {
      s0 += x[j] * y[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void tile(float[][] sum, int row, int o, float[][] x, int i, float[][] d, int n) {
    float[] x0 = x[i];
    float[] x1 = x[i + 1];
    float[] x2 = x[i + 2];
    float[] x3 = x[i + 3];
    float[] d0 = d[o];
    float[] d1 = d[o + 1];
    float[] d2 = d[o + 2];
    float[] d3 = d[o + 3];
    float s00 = 0f;
    float s01 = 0f;
    float s02 = 0f;
    float s03 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s20 = 0f;
    float s21 = 0f;
    float s22 = 0f;
    float s23 = 0f;
    float s30 = 0f;
    float s31 = 0f;
    float s32 = 0f;
    float s33 = 0f;
    for (int j = 0; j < n; j++) {
      float a0 = x0[j];
      float a1 = x1[j];
      float a2 = x2[j];
      float a3 = x3[j];
      float b0 = d0[j];
      s00 += a0 * b0;
      s10 += a1 * b0;
      s20 += a2 * b0;
      s30 += a3 * b0;
      float b1 = d1[j];
      s01 += a0 * b1;
      s11 += a1 * b1;
      s21 += a2 * b1;
      s31 += a3 * b1;
      float b2 = d2[j];
      s02 += a0 * b2;
      s12 += a1 * b2;
      s22 += a2 * b2;
      s32 += a3 * b2;
      float b3 = d3[j];
      s03 += a0 * b3;
      s13 += a1 * b3;
      s23 += a2 * b3;
      s33 += a3 * b3;
    }
    add(sum[row], o, s00, s01, s02, s03);
    add(sum[row + 1], o, s10, s11, s12, s13);
    add(sum[row + 2], o, s20, s21, s22, s23);
    add(sum[row + 3], o, s30, s31, s32, s33);
  }

  private static void add(float[] sum, int o, float s0, float s1, float s2, float s3) {
    sum[o] += s0;
    sum[o + 1] += s1;
    sum[o + 2] += s2;
    sum[o + 3] += s3;
  }

  /** {@code max(0, x)} in place. */
  static void rectify(float[] x, int n) {
    for (int j = 0; j < n; j++) {
      x[j] = Math.max(0f, x[j]);
    }
  }

  /**
   * Puts zeros where a rectified {@code x} is zero: {@code min(1, x MAX)} is 1 for every normal
   * number above zero, and unlike a comparison it is vectorised.
   */
  static void mask(float[] delta, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      delta[j] *= Math.min(1f, x[j] * Float.MAX_VALUE);
    }
  }

  /** The sum of {@code x[0 .. n - 1]}. */
  static float sum(float[] x, int n) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      s0 += x[j];
      s1 += x[j + 1];
      s2 += x[j + 2];
      s3 += x[j + 3];
    }
    for (; j < n; j++) {
      s0 += x[j];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
