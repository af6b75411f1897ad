// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable vector of finite float32 values. Its text form has the length only: a user's vector
 * is personal and must not reach a log or an error message.
 */
public final class FloatVector {
  private final float[] values;

  private FloatVector(float[] values) {
    this.values = values;
  }

  /**
   * A vector of these values.
   *
   * @param values copied
   * @throws IllegalArgumentException where one is not finite
   */
  public static FloatVector of(float... values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("vector value at [" + i + "] is not a finite number");
      }
    }
    return new FloatVector(values.clone());
  }

  /** The number of values. */
  public int length() {
    return values.length;
  }

  /** Whether every value is zero. */
  public boolean isZero() {
    for (float value : values) {
      if (value != 0f) {
        return false;
      }
    }
    return true;
  }

  /** The value at an index. */
  public float get(int index) {
    return values[index];
  }

  /** Writes the values at the absolute position {@code offset}. */
  public void copyTo(FloatBuffer buffer, int offset) {
    buffer.put(offset, values);
  }

  /** A copy. */
  public float[] toArray() {
    return values.clone();
  }

  /** The values as JSON has them; new. */
  public List<Float> asList() {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatVector vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "vector of " + values.length;
  }
}
