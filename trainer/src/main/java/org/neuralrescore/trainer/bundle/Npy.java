// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.math.ArraySize;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * NumPy's array format (NEP 1), version 1.0, for little-endian float32 matrices in C order and for
 * rows of float32 or int32: {@code numpy.load} reads what this writes, and so does {@link NpyFile}.
 */
final class Npy {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 4;
  private static final int ALIGNMENT = 64;

  private Npy() {}

  static byte[] write(FactorMatrix matrix) {
    float[] numbers = matrix.values();
    byte[] file = begin("<f4", "(" + matrix.rows() + ", " + matrix.rank() + ")", numbers.length);
    values(file, numbers.length).asFloatBuffer().put(numbers);
    return file;
  }

  static byte[] write(float[] row) {
    byte[] file = begin("<f4", "(" + row.length + ",)", row.length);
    values(file, row.length).asFloatBuffer().put(row);
    return file;
  }

  static byte[] write(int[] row) {
    byte[] file = begin("<i4", "(" + row.length + ",)", row.length);
    values(file, row.length).asIntBuffer().put(row);
    return file;
  }

  /** A header with room for so many values of four bytes behind it. */
  private static byte[] begin(String type, String shape, int values) {
    if (values > ArraySize.NUMBERS_OF_A_FILE) {
      throw new UserError(
          UserError.Kind.INPUT,
          "a file of the bundle would hold an array of "
              + shape
              + ", and has room for "
              + ArraySize.NUMBERS_OF_A_FILE
              + " numbers; take a smaller --rank, or for item-to-item weights a smaller"
              + " --wide-kept");
    }
    String dictionary =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int padding = Math.floorMod(-(PREFIX + dictionary.length() + 1), ALIGNMENT);
    byte[] header = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] file =
        new byte[Math.addExact(PREFIX + header.length, Math.multiplyExact(values, Integer.BYTES))];
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) header.length)
        .put(header);
    return file;
  }

  private static ByteBuffer values(byte[] bytes, int count) {
    int start = bytes.length - count * Integer.BYTES;
    return ByteBuffer.wrap(bytes, start, count * Integer.BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
