// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor whose values are in the file.
 *
 * @param values little-endian, as {@code TensorProto.raw_data} has them; read only, not copied from
 *     the file where it has them so
 */
record Constant(ElementType type, Shape shape, ByteBuffer values) {
  private static final int MAX_WHOLE_NUMBERS = 1 << 16;

  Constant {
    long expected = shape.elements().times(type.bytes()).base();
    if (values.remaining() != expected) {
      throw GraphRefusal.because(
          "a tensor of "
              + type
              + " "
              + shape
              + " expects "
              + expected
              + " bytes of values, got "
              + values.remaining());
    }
    if (type == ElementType.INT64 && expected > (long) MAX_WHOLE_NUMBERS * Long.BYTES) {
      throw GraphRefusal.because(
          "a tensor of int64 says shapes and indices: at most "
              + MAX_WHOLE_NUMBERS
              + ", got "
              + shape);
    }
  }

  /** The values of an int64 tensor in order. */
  long[] wholeNumbers() {
    long[] numbers = new long[values.remaining() / Long.BYTES];
    values.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
    return numbers;
  }

  static Constant ofWholeNumbers(Shape shape, long... numbers) {
    ByteBuffer values =
        ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.asLongBuffer().put(numbers);
    return new Constant(ElementType.INT64, shape, values);
  }

  static Constant ofFloats(Shape shape, float... floats) {
    ByteBuffer values =
        ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(floats);
    return new Constant(ElementType.FLOAT, shape, values);
  }
}
