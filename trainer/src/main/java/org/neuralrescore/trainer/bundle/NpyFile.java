// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * A file in NumPy's format as it lies on the disk: mapped, so that none of its values is in the
 * heap. The mapping ends with this object.
 */
final class NpyFile {
  private static final int PREFIX = Npy.MAGIC.length + 4;
  private static final Pattern MATRIX =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'(<f4)',\\s*'fortran_order':\\s*False,\\s*'shape':\\s*"
              + "\\((\\d{1,10}),\\s*(\\d{1,10})\\),?\\s*\\}\\s*");
  private static final Pattern ROW =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'(<[if]4)',\\s*'fortran_order':\\s*False,\\s*'shape':\\s*"
              + "\\((\\d{1,10}),\\s*\\),?\\s*\\}\\s*");

  /** A mapping has at most 2 GiB; this many values a segment, as a power of two, are 1 GiB. */
  private static final int SEGMENT_BITS = 28;

  private final int rows;
  private final int width;
  private final int bits;
  private final ByteBuffer[] segments;

  private NpyFile(int rows, int width, int bits, ByteBuffer[] segments) {
    this.bits = bits;
    this.rows = rows;
    this.width = width;
    this.segments = segments;
  }

  /** A matrix of no rows. */
  static NpyFile none(int width) {
    return new NpyFile(0, width, SEGMENT_BITS, new ByteBuffer[0]);
  }

  /**
   * A matrix of finite float32.
   *
   * @throws UserError of kind INPUT where it is none
   */
  static NpyFile matrix(Path path) {
    return matrix(path, SEGMENT_BITS);
  }

  /** The same in segments of {@code 2^bits} values. */
  static NpyFile matrix(Path path, int bits) {
    NpyFile matrix = open(path, MATRIX, "<f4", bits);
    matrix
        .notFinite()
        .ifPresent(
            place -> {
              throw unreadable(
                  path,
                  "row " + place / matrix.width + " has a value that is " + matrix.floatAt(place));
            });
    return matrix;
  }

  /** A row of int32. */
  static NpyFile ints(Path path) {
    return open(path, ROW, "<i4", SEGMENT_BITS);
  }

  /** A row of finite float32, of width 1. */
  static NpyFile floats(Path path) {
    NpyFile row = open(path, ROW, "<f4", SEGMENT_BITS);
    row.notFinite()
        .ifPresent(
            place -> {
              throw unreadable(path, "value " + place + " is " + row.floatAt(place));
            });
    return row;
  }

  int rows() {
    return rows;
  }

  int width() {
    return width;
  }

  float floatAt(long place) {
    return segments[(int) (place >>> bits)].getFloat(byteOf(place));
  }

  int intAt(long place) {
    return segments[(int) (place >>> bits)].getInt(byteOf(place));
  }

  private int byteOf(long place) {
    return ((int) place & ((1 << bits) - 1)) << 2;
  }

  /** The first value that is not finite, where there is one. */
  private OptionalLong notFinite() {
    return LongStream.range(0, (long) rows * width)
        .filter(place -> !Float.isFinite(floatAt(place)))
        .findFirst();
  }

  private static NpyFile open(Path path, Pattern shape, String type, int bits) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      String header = header(path, file);
      Matcher parts = shape.matcher(header);
      if (!parts.matches() || !parts.group(1).equals(type)) {
        throw unreadable(
            path,
            shape.equals(ROW)
                ? "a row of " + type + " is expected, and its header is " + header.strip()
                : "its header is " + header.strip());
      }
      long start = (long) PREFIX + header.length();
      long bytes = file.size() - start;
      long rows = Long.parseLong(parts.group(2));
      long width = parts.groupCount() == 3 ? Long.parseLong(parts.group(3)) : 1;
      if (width < 1
          || bytes % (Float.BYTES * width) != 0
          || bytes / (Float.BYTES * width) != rows
          || rows > Integer.MAX_VALUE
          || width > Integer.MAX_VALUE) {
        throw unreadable(
            path,
            "its shape is ("
                + rows
                + (shape.equals(ROW) ? "," : ", " + width)
                + ") and it has "
                + bytes
                + " bytes of values");
      }
      return new NpyFile((int) rows, (int) width, bits, map(file, start, bytes, bits));
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + path + "]: " + e, e);
    }
  }

  private static ByteBuffer[] map(FileChannel file, long start, long bytes, int bits)
      throws IOException {
    long most = (long) Float.BYTES << bits;
    ByteBuffer[] segments = new ByteBuffer[Math.toIntExact((bytes + most - 1) / most)];
    for (int i = 0; i < segments.length; i++) {
      segments[i] =
          file.map(
                  FileChannel.MapMode.READ_ONLY, start + i * most, Math.min(most, bytes - i * most))
              .order(ByteOrder.LITTLE_ENDIAN);
    }
    return segments;
  }

  private static String header(Path path, FileChannel file) throws IOException {
    byte[] prefix = read(file, 0, PREFIX);
    if (prefix.length < PREFIX
        || !Arrays.equals(prefix, 0, Npy.MAGIC.length, Npy.MAGIC, 0, Npy.MAGIC.length)
        || prefix[Npy.MAGIC.length] != 1) {
      throw unreadable(path, "it does not start as version 1 of the format");
    }
    int length =
        Short.toUnsignedInt(
            ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getShort(Npy.MAGIC.length + 2));
    byte[] header = read(file, PREFIX, length);
    if (header.length < length) {
      throw unreadable(path, "it ends within its header");
    }
    return new String(header, StandardCharsets.US_ASCII);
  }

  /** So many bytes, or as many as there are. */
  private static byte[] read(FileChannel file, int from, int length) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer target = ByteBuffer.wrap(bytes);
    int read = file.read(target, from);
    while (read >= 0 && target.hasRemaining()) {
      read = file.read(target, from + (long) target.position());
    }
    return Arrays.copyOf(bytes, target.position());
  }

  private static UserError unreadable(Path path, String why) {
    return new UserError(
        Kind.INPUT,
        "["
            + path
            + "] expects float32 or int32 in NumPy's format, little-endian in C order, but "
            + why);
  }
}
