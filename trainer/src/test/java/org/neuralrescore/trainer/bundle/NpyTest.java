// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.FactorMatrix;

class NpyTest {
  private static final Path FILE = Path.of("some.npy");

  @Property(tries = 50)
  void read_ofWhatWasWritten_givesEveryBitBack(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 70) int rank) {
    Random random = new Random(seed);
    float[] values = new float[rows * rank];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }

    byte[] bytes = Npy.write(new FactorMatrix(rows, rank, values));
    FactorMatrix read = Npy.read(FILE, bytes);

    assertEquals(rows, read.rows());
    assertEquals(rank, read.rank());
    assertArrayEquals(values, read.values());
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
    UserError error = assertThrows(UserError.class, () -> Npy.read(FILE, bytes));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().startsWith("[some.npy] expects"), error.getMessage());
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }
}
