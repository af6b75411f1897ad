// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.NeighbourList;

class TouchedItemsTest {
  private static NeighbourList random(SplittableRandom random, int pairs, int items) {
    int[] ordinals = random.ints(0, items).distinct().limit(pairs).sorted().toArray();
    float[] weights = new float[pairs];
    for (int i = 0; i < pairs; i++) {
      weights[i] = (float) random.nextDouble(-0.2, 1);
    }
    return NeighbourList.of(ordinals, weights);
  }

  /** In the middle of a larger array, as Lucene hands bytes out. */
  private static BytesRef inside(byte[] bytes) {
    byte[] larger = new byte[bytes.length + 24];
    Arrays.fill(larger, (byte) 77);
    System.arraycopy(bytes, 0, larger, 11, bytes.length);
    return new BytesRef(larger, 11, bytes.length);
  }

  private static float[] plain(NeighbourList history, NeighbourList neighbours) {
    float[] told = new float[3];
    for (int n = 0; n < neighbours.size(); n++) {
      for (int h = 0; h < history.size(); h++) {
        if (history.ordinal(h) == neighbours.ordinal(n)) {
          float term = history.weight(h) * neighbours.weight(n);
          told[0] += term;
          told[1]++;
          told[2] = Math.max(told[2], term);
        }
      }
    }
    return told;
  }

  @Test
  void sum_isThatOfThePairsThatBothHave_toTheBit() {
    SplittableRandom random = new SplittableRandom(5);
    int matches = 0;
    for (int round = 0; round < 300; round++) {
      int items = 60 + random.nextInt(round % 2 == 0 ? 100 : 4_000);
      NeighbourList history = random(random, random.nextInt(60), items);
      NeighbourList neighbours = random(random, random.nextInt(51), items);
      TouchedItems touched = new TouchedItems(history);
      FloatBuffer buffer = FloatBuffer.allocate(5);
      touched.sum(inside(neighbours.write()), buffer, 1, 3);
      float[] expected = plain(history, neighbours);
      assertArrayEquals(expected, Arrays.copyOfRange(buffer.array(), 1, 4));
      matches += (int) expected[1];
      FloatBuffer narrow = FloatBuffer.allocate(2);
      touched.sum(inside(neighbours.write()), narrow, 0, 1);
      assertArrayEquals(new float[] {expected[0], 0}, narrow.array());
      float sum = 0;
      for (float term : touched.terms(neighbours)) {
        sum += term;
      }
      assertEquals(expected[0], sum, 1e-5);
    }
    assertTrue(matches > 300, "matches " + matches);
  }

  @Test
  void sum_ofDamagedBytes_isAnErrorAndReadsNothingBehindThem() {
    TouchedItems touched = new TouchedItems(NeighbourList.of(new int[] {3}, new float[] {1}));
    byte[] good = NeighbourList.of(new int[] {3, 8}, new float[] {1, 2}).write();
    for (int length : new int[] {1, 7, 15, 12}) {
      byte[] cut = Arrays.copyOf(good, length);
      if (length % 8 != 0) {
        assertRefused(touched, cut, "bytes a pair");
      }
    }
    byte[] swapped = good.clone();
    swapped[0] = 9;
    assertRefused(touched, swapped, "rising ordinals");
    byte[] negative = good.clone();
    negative[3] = (byte) 0x80;
    assertRefused(touched, negative, "rising ordinals");
    byte[] infinite = NeighbourList.of(new int[] {3}, new float[] {1}).write();
    infinite[6] = (byte) 0x80;
    infinite[7] = (byte) 0x7f;
    assertRefused(touched, infinite, "finite");
    byte[] huge = new byte[8 * (NeighbourList.MAX_PAIRS + 1)];
    assertRefused(touched, huge, "at most 1024");
  }

  private static void assertRefused(TouchedItems touched, byte[] bytes, String rule) {
    InvalidBundleException e =
        assertThrows(
            InvalidBundleException.class,
            () -> touched.sum(inside(bytes), FloatBuffer.allocate(3), 0, 3));
    assertTrue(e.getMessage().contains(rule), e.getMessage());
  }

  @Test
  void sum_allocatesNothing() {
    SplittableRandom random = new SplittableRandom(8);
    TouchedItems touched = new TouchedItems(random(random, 100, 20_000));
    BytesRef hit = inside(random(random, 50, 20_000).write());
    FloatBuffer buffer = FloatBuffer.allocate(3);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int hits = 0; hits < 11_000; hits++) {
      if (hits == 1_000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      touched.sum(hit, buffer, 0, 3);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 10_000, "less than a byte a hit, got " + bytes);
  }

  @Test
  void nothingTouched_saysNothing() {
    TouchedItems nobody = new TouchedItems(NeighbourList.of(new int[0], new float[0]));
    FloatBuffer buffer = FloatBuffer.allocate(3);
    nobody.sum(
        inside(NeighbourList.of(new int[] {0, 5}, new float[] {1, 2}).write()), buffer, 0, 3);
    assertArrayEquals(new float[3], buffer.array());
  }
}
