// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HighHalfSortTest {
  private static final int[] SIZES = {0, 1, 2, 31, 32, 33, 160, 1_000, 2_999, 3_000, 10_000};

  /** Of which the low halves are places, as both uses have them. */
  private static long[] keys(SplittableRandom random, int n, int from, int to) {
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = (long) (from == to ? from : random.nextInt(from, to)) << 32 | i;
    }
    return keys;
  }

  private static void assertSorted(long[] keys, String at) {
    long[] expected = keys.clone();
    Arrays.sort(expected);
    int n = keys.length;
    // Room that is larger than what is sorted, as a batch has it.
    long[] room = Arrays.copyOf(keys, n + 5);
    long[] sorted = HighHalfSort.sort(room, new long[n + 5], n, new int[HighHalfSort.COUNTS]);
    assertArrayEquals(expected, Arrays.copyOf(sorted, n), at);
  }

  @Test
  void sort_isThatOfTheWholeNumbers() {
    SplittableRandom random = new SplittableRandom(7);
    for (int n : SIZES) {
      for (int most : new int[] {2, 100, 256, 100_000, Integer.MAX_VALUE}) {
        assertSorted(keys(random, n, 0, most), n + " below " + most);
      }
      assertSorted(keys(random, n, Integer.MAX_VALUE - 300, Integer.MAX_VALUE), n + " large");
    }
  }

  /** Scores of a model: most are close together, and a few far below take most of the range. */
  @Test
  void sort_ofKeysThatCrowd_isThatOfTheWholeNumbers() {
    SplittableRandom random = new SplittableRandom(10);
    for (int n : SIZES) {
      for (int apart : new int[] {0, 1, 10, n}) {
        long[] keys = keys(random, n, 1 << 30, (1 << 30) + 5_000);
        for (int i = 0; i < Math.min(apart, n); i++) {
          int at = random.nextInt(n);
          keys[at] = (long) random.nextInt(1 << 30) << 32 | at;
        }
        assertSorted(keys, n + " with " + apart + " apart");
      }
    }
  }

  @Test
  void sort_ofEqualOrSortedOnes_leavesThem() {
    SplittableRandom random = new SplittableRandom(8);
    for (int n : SIZES) {
      assertSorted(keys(random, n, 5, 5), n + " equal");
      long[] rising = keys(random, n, 0, 1_000);
      Arrays.sort(rising);
      for (int i = 0; i < n; i++) {
        rising[i] = rising[i] >>> 32 << 32 | i;
      }
      assertSorted(rising, n + " rising");
    }
  }

  @Test
  void sort_withScratchThatHeldOthers_isNotMistaken() {
    SplittableRandom random = new SplittableRandom(9);
    int[] counts = new int[HighHalfSort.COUNTS];
    long[] scratch = new long[10_000];
    for (int n : new int[] {10_000, 1_000, 3_500}) {
      long[] keys = keys(random, n, 0, 1 << 20);
      long[] expected = keys.clone();
      Arrays.sort(expected);
      long[] sorted = HighHalfSort.sort(keys, scratch, n, counts);
      assertArrayEquals(expected, Arrays.copyOf(sorted, n));
    }
  }
}
