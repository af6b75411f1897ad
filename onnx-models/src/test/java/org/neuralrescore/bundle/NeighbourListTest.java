// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NeighbourListTest {
  @Test
  void write_isOrdinalsThenWeightsLittleEndian_andReadsBack() {
    NeighbourList list = NeighbourList.of(new int[] {1, 258}, new float[] {1f, -2f});
    byte[] bytes = list.write();
    assertEquals("01000000020100000000803f000000c0", HexFormat.of().formatHex(bytes));
    assertEquals(list, NeighbourList.read(bytes));
    assertEquals(list.hashCode(), NeighbourList.read(bytes).hashCode());
    assertEquals(258, list.ordinal(1));
    assertEquals(-2f, list.weight(1));
    assertArrayEquals(new byte[0], NeighbourList.of(new int[0], new float[0]).write());
  }

  @Test
  void text_saysHowManyAndNotWhich() {
    assertEquals("NeighbourList[1]", NeighbourList.of(new int[] {77}, new float[] {1}).toString());
  }

  @Test
  void whatIsNoList_isRefusedByItsRule() {
    assertRule("rising", () -> NeighbourList.of(new int[] {2, 2}, new float[] {1, 1}));
    assertRule("rising", () -> NeighbourList.of(new int[] {-1}, new float[] {1}));
    assertRule("finite", () -> NeighbourList.of(new int[] {1}, new float[] {Float.NaN}));
    assertRule("a weight each", () -> NeighbourList.of(new int[] {1}, new float[0]));
    int[] many = new int[NeighbourList.MAX_PAIRS + 1];
    Arrays.setAll(many, i -> i);
    assertRule("at most 1024", () -> NeighbourList.of(many, new float[many.length]));
    assertRule("bytes a pair", () -> NeighbourList.read(new byte[7]));
    assertRule("rising", () -> NeighbourList.read(new byte[16]));
  }

  private static void assertRule(String rule, Runnable made) {
    InvalidBundleException e = assertThrows(InvalidBundleException.class, made::run);
    assertTrue(e.getMessage().contains(rule), e.getMessage());
  }
}
