// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * NumPy's array format (NEP 1), version 1.0, for little-endian float32 matrices in C order and for
 * rows of float32 or int32: {@code numpy.load} reads what this writes.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 4;
  private static final int ALIGNMENT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'<f4',\\s*'fortran_order':\\s*False,\\s*'shape':\\s*"
              + "\\((\\d{1,10}),\\s*(\\d{1,10})\\),?\\s*\\}\\s*");

  private static final Pattern ROW_HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'(<[if]4)',\\s*'fortran_order':\\s*False,\\s*'shape':\\s*"
              + "\\((\\d{1,10}),\\s*\\),?\\s*\\}\\s*");

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

  /**
   * @param file for errors
   * @param bytes the whole file
   */
  static FactorMatrix read(Path file, byte[] bytes) {
    String header = header(file, bytes);
    int start = PREFIX + header.length();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Matcher shape = HEADER.matcher(header);
    if (!shape.matches()) {
      throw unreadable(file, "its header is " + header.strip());
    }
    long rows = Long.parseLong(shape.group(1));
    long rank = Long.parseLong(shape.group(2));
    if (rank < 1 || rows * rank * Float.BYTES != bytes.length - start) {
      throw unreadable(
          file,
          "its shape is ("
              + rows
              + ", "
              + rank
              + ") and it has "
              + (bytes.length - start)
              + " bytes of values");
    }
    float[] values = new float[(int) (rows * rank)];
    buffer.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw unreadable(file, "row " + i / rank + " has a value that is " + values[i]);
      }
    }
    return new FactorMatrix((int) rows, (int) rank, values);
  }

  /** A row of whole numbers. */
  static int[] readInts(Path file, byte[] bytes) {
    int[] row = new int[rowLength(file, bytes, "<i4")];
    values(bytes, row.length).asIntBuffer().get(row);
    return row;
  }

  /** A row of finite numbers. */
  static float[] readFloats(Path file, byte[] bytes) {
    float[] row = new float[rowLength(file, bytes, "<f4")];
    values(bytes, row.length).asFloatBuffer().get(row);
    for (int i = 0; i < row.length; i++) {
      if (!Float.isFinite(row[i])) {
        throw unreadable(file, "value " + i + " is " + row[i]);
      }
    }
    return row;
  }

  private static ByteBuffer values(byte[] bytes, int count) {
    int start = bytes.length - count * Integer.BYTES;
    return ByteBuffer.wrap(bytes, start, count * Integer.BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int rowLength(Path file, byte[] bytes, String type) {
    String header = header(file, bytes);
    Matcher shape = ROW_HEADER.matcher(header);
    if (!shape.matches() || !shape.group(1).equals(type)) {
      throw unreadable(file, "a row of " + type + " is expected, and its header is " + header);
    }
    long length = Long.parseLong(shape.group(2));
    if (length * Integer.BYTES != bytes.length - PREFIX - header.length()) {
      throw unreadable(file, "its shape is (" + length + ",) and its values are not as many");
    }
    return (int) length;
  }

  private static String header(Path file, byte[] bytes) {
    if (bytes.length < PREFIX
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || bytes[MAGIC.length] != 1) {
      throw unreadable(file, "it does not start as version 1 of the format");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Short.toUnsignedInt(buffer.getShort(MAGIC.length + 2));
    int start = PREFIX + headerLength;
    if (start > bytes.length) {
      throw unreadable(file, "it ends within its header");
    }
    return new String(bytes, PREFIX, headerLength, StandardCharsets.US_ASCII);
  }

  private static UserError unreadable(Path file, String why) {
    return new UserError(
        Kind.INPUT,
        "["
            + file
            + "] expects float32 or int32 in NumPy's format, little-endian in C order, but "
            + why);
  }
}
