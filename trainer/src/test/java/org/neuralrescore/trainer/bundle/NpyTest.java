// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.FactorMatrix;

class NpyTest {
  @TempDir static Path folder;

  private static Path file(byte[] bytes) {
    try {
      return Files.write(folder.resolve("some.npy"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] read(byte[] row) {
    NpyFile file = NpyFile.floats(file(row));
    float[] values = new float[file.rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = file.floatAt(i);
    }
    return values;
  }

  @Property(tries = 50)
  void read_ofWhatWasWritten_givesEveryBitBack(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 70) int rank)
      throws IOException {
    Random random = new Random(seed);
    float[] values = new float[rows * rank];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }

    byte[] bytes = Npy.write(new FactorMatrix(rows, rank, values));
    Path file = Files.write(Files.createTempFile("rows", ".npy"), bytes);
    for (int bits : new int[] {4, 28}) {
      FactorMatrix read = StoredRows.of(NpyFile.matrix(file, bits)).load();
      assertEquals(rows, read.rows());
      assertEquals(rank, read.rank());
      assertArrayEquals(values, read.values());
    }
    Files.delete(file);
    assertEquals(0, (bytes.length - 4 * values.length) % 64, "numpy aligns the values");
  }

  @Test
  void write_isWhatNumpySaves() {
    byte[] bytes = Npy.write(new FactorMatrix(2, 1, new float[] {1f, -2f}));
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }" + " ".repeat(58) + "\n";

    assertArrayEquals(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, Arrays.copyOf(bytes, 10));
    assertEquals(header, new String(bytes, 10, 118, StandardCharsets.US_ASCII));
    ByteBuffer values = ByteBuffer.wrap(bytes, 128, 8).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(1f, values.getFloat());
    assertEquals(-2f, values.getFloat());
  }

  @Test
  void read_whenTheFileIsCut_saysSo() {
    byte[] bytes = Npy.write(new FactorMatrix(2, 1, new float[] {1f, -2f}));

    assertRefused(Arrays.copyOf(bytes, bytes.length - 1), "has 7 bytes of values");
    assertRefused(Arrays.copyOf(bytes, 60), "ends within its header");
    assertRefused(new byte[0], "does not start as version 1");
  }

  @Test
  void read_whenTheTypeIsAnother_showsTheHeader() {
    byte[] bytes = Npy.write(new FactorMatrix(2, 1, new float[] {1f, -2f}));
    bytes[10 + 11] = '>';

    assertRefused(bytes, "'>f4'");
  }

  @Test
  void read_whenAValueIsNotFinite_namesTheRow() {
    byte[] bytes = Npy.write(new FactorMatrix(2, 1, new float[] {1f, -2f}));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(132, Float.NaN);

    assertRefused(bytes, "row 1 has a value that is NaN");
  }

  private static void assertRefused(byte[] bytes, String why) {
    UserError error = assertThrows(UserError.class, () -> NpyFile.matrix(file(bytes)));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(
        error.getMessage().startsWith("[" + folder.resolve("some.npy") + "] expects"),
        error.getMessage());
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }

  @Test
  void rows_givesTheColumnsAskedFor() {
    float[] values = {1, 2, 3, 0, 0, 6};
    StoredRows rows =
        StoredRows.of(NpyFile.matrix(file(Npy.write(new FactorMatrix(2, 3, values)))));
    assertArrayEquals(new float[] {1, 2, 3}, rows.row(0));
    StoredRows middle = rows.columns(0, 2);
    assertArrayEquals(new float[] {1, 2}, middle.row(0));
    assertTrue(middle.isZero(1));
    assertFalse(rows.isZero(1));
    StoredRows last = rows.columns(1, 2).columns(1, 1);
    assertEquals(6f, last.value(1, 0));
    assertArrayEquals(new float[] {3, 6}, last.load().values());
    assertThrows(IllegalArgumentException.class, () -> middle.columns(1, 2));
  }

  /** A product of the two that is 0 in 64 bits must not pass for no values at all. */
  @Test
  void read_ofAShapeBeyondAllBounds_isRefused() {
    byte[] bytes = Npy.write(new FactorMatrix(2, 1, new float[] {1f, -2f}));
    String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
    for (String shape : List.of("(4294967296, 1073741824)", "(4294967298, 1)", "(2, 0)")) {
      byte[] large =
          header
              .replaceFirst("\\(2, 1\\), }", shape + ", }")
              .substring(0, 117)
              .concat("\n")
              .getBytes(StandardCharsets.US_ASCII);
      byte[] whole = Arrays.copyOf(bytes, 128);
      System.arraycopy(large, 0, whole, 10, 118);
      assertRefused(whole, "its shape is " + shape.substring(0, shape.length() - 1));
    }
  }

  @Test
  void read_ofARow_givesItBackAndKnowsItsType() {
    assertArrayEquals(new float[] {1.5f, -2f}, read(Npy.write(new float[] {1.5f, -2f})));
    NpyFile ints = NpyFile.ints(file(Npy.write(new int[] {7, -1})));
    assertEquals(-1, ints.intAt(1));
    UserError type =
        assertThrows(UserError.class, () -> NpyFile.ints(file(Npy.write(new float[] {1f}))));
    assertTrue(type.getMessage().contains("a row of <i4 is expected"), type.getMessage());
    UserError value =
        assertThrows(UserError.class, () -> read(Npy.write(new float[] {1f, Float.NaN})));
    assertTrue(value.getMessage().contains("value 1 is NaN"), value.getMessage());
  }
}
