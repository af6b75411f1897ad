package org.neuralrescore.plugin.lucene;

import java.util.Arrays;

/**
 * Sorts longs by their high halves, which are at least 0; equal ones keep their order. A radix sort
 * from the lowest digit up, over as many bits as the keys differ in.
 */
final class HighHalfSort {
  /** Room for the counts of a digit. */
  static final int COUNTS = 1 << 11;

  /** Fewer keys than this are sorted by comparing. */
  private static final int FEW = 160;

  /** From this many keys on a longer digit pays. */
  private static final int MANY = 3_000;

  private static final int DIGIT = 8;
  private static final int LONG_DIGIT = 11;

  private HighHalfSort() {}

  /**
   * Sorts.
   *
   * @param keys the first {@code n} are sorted; where high halves are equal, low halves rise
   * @param other scratch as long
   * @param counts scratch of {@link #COUNTS}
   * @return the one of the two arrays that has the sorted keys
   */
  static long[] sort(long[] keys, long[] other, int n, int[] counts) {
    if (n < FEW) {
      Arrays.sort(keys, 0, n);
      return keys;
    }
    int lowest = Integer.MAX_VALUE;
    int highest = 0;
    for (int i = 0; i < n; i++) {
      int key = (int) (keys[i] >>> 32);
      lowest = Math.min(lowest, key);
      highest = Math.max(highest, key);
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(highest - lowest);
    int longest = n < MANY ? DIGIT : LONG_DIGIT;
    int passes = (bits + longest - 1) / longest;
    long[] from = keys;
    long[] to = other;
    for (int pass = 0; pass < passes; pass++) {
      // Digits of much the same length.
      int start = bits * pass / passes;
      int digit = bits * (pass + 1) / passes - start;
      pass(from, to, n, new Digit(lowest, start, (1 << digit) - 1), counts);
      long[] swapped = from;
      from = to;
      to = swapped;
    }
    return from;
  }

  private record Digit(int lowest, int start, int mask) {
    int of(long key) {
      return (((int) (key >>> 32) - lowest) >>> start) & mask;
    }
  }

  private static void pass(long[] from, long[] to, int n, Digit digit, int[] counts) {
    Arrays.fill(counts, 0, digit.mask + 1, 0);
    for (int i = 0; i < n; i++) {
      counts[digit.of(from[i])]++;
    }
    int next = 0;
    for (int d = 0; d <= digit.mask; d++) {
      int count = counts[d];
      counts[d] = next;
      next += count;
    }
    for (int i = 0; i < n; i++) {
      to[counts[digit.of(from[i])]++] = from[i];
    }
  }
}
