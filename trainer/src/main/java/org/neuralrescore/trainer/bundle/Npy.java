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
 * NumPy's array format (NEP 1), version 1.0, for little-endian float32 matrices in C order: {@code
 * numpy.load} reads what this writes.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 4;
  private static final int ALIGNMENT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'<f4',\\s*'fortran_order':\\s*False,\\s*'shape':\\s*"
              + "\\((\\d{1,10}),\\s*(\\d{1,10})\\),?\\s*\\}\\s*");

  private Npy() {}

  static byte[] write(FactorMatrix matrix) {
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + matrix.rows()
            + ", "
            + matrix.rank()
            + "), }";
    int padding = Math.floorMod(-(PREFIX + dictionary.length() + 1), ALIGNMENT);
    byte[] header = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    float[] values = matrix.values();
    ByteBuffer buffer =
        ByteBuffer.allocate(
                Math.addExact(
                    PREFIX + header.length, Math.multiplyExact(values.length, Float.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /**
   * @param file for errors
   * @param bytes the whole file
   */
  static FactorMatrix read(Path file, byte[] bytes) {
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
    String header = new String(bytes, PREFIX, headerLength, StandardCharsets.US_ASCII);
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

  private static UserError unreadable(Path file, String why) {
    return new UserError(
        Kind.INPUT,
        "[" + file + "] expects a float32 matrix in NumPy's format, '<f4' in C order, but " + why);
  }
}
