// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The dot product of two vectors of floats, wherever the second one lies: the same terms in the
 * same order, and so the same bits. Eight sums side by side, for a processor adds several at once.
 */
public final class DotProduct {
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SUMS = 8;

  private DotProduct() {}

  /**
   * With floats in bytes, little-endian.
   *
   * @param offset of the first of them, any number
   */
  public static float of(float[] vector, byte[] bytes, int offset) {
    int whole = vector.length & -SUMS;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < whole; i += SUMS) {
      int at = offset + i * Float.BYTES;
      s0 += vector[i] * (float) FLOATS.get(bytes, at);
      s1 += vector[i + 1] * (float) FLOATS.get(bytes, at + 4);
      s2 += vector[i + 2] * (float) FLOATS.get(bytes, at + 8);
      s3 += vector[i + 3] * (float) FLOATS.get(bytes, at + 12);
      s4 += vector[i + 4] * (float) FLOATS.get(bytes, at + 16);
      s5 += vector[i + 5] * (float) FLOATS.get(bytes, at + 20);
      s6 += vector[i + 6] * (float) FLOATS.get(bytes, at + 24);
      s7 += vector[i + 7] * (float) FLOATS.get(bytes, at + 28);
    }
    float rest = 0;
    for (int i = whole; i < vector.length; i++) {
      rest += vector[i] * (float) FLOATS.get(bytes, offset + i * Float.BYTES);
    }
    return rest + ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
  }

  /** With an array at least as long. */
  public static float of(float[] vector, float[] other) {
    int whole = vector.length & -SUMS;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < whole; i += SUMS) {
      s0 += vector[i] * other[i];
      s1 += vector[i + 1] * other[i + 1];
      s2 += vector[i + 2] * other[i + 2];
      s3 += vector[i + 3] * other[i + 3];
      s4 += vector[i + 4] * other[i + 4];
      s5 += vector[i + 5] * other[i + 5];
      s6 += vector[i + 6] * other[i + 6];
      s7 += vector[i + 7] * other[i + 7];
    }
    float rest = 0;
    for (int i = whole; i < vector.length; i++) {
      rest += vector[i] * other[i];
    }
    return rest + ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
  }
}
