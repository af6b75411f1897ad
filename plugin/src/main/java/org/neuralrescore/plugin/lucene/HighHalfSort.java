// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.util.Arrays;

/**
 * Sorts longs by their high halves, which are at least 0; equal ones keep their order. Spreads the
 * keys by their highest bits over about as many buckets as there are keys and sorts the few of a
 * bucket by insertion; where they crowd into few buckets, a radix sort from the lowest digit up.
 */
final class HighHalfSort {
  /** Room for the counts of buckets. */
  static final int COUNTS = 1 << 11;

  /** Fewer keys than this are sorted by comparing. */
  private static final int FEW = 32;

  private static final int MOST_BITS = 11;

  /** Buckets are crowded where the squares of their sizes add up to more, a key. */
  private static final int CROWDED = 8;

  /** From this many keys on a longer digit pays. */
  private static final int MANY = 3_000;

  private static final int DIGIT = 8;

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
    int spread =
        Math.min(bits, Math.min(MOST_BITS, Integer.SIZE + 1 - Integer.numberOfLeadingZeros(n)));
    Digit first = new Digit(lowest, bits - spread, (1 << spread) - 1);
    if (count(keys, n, first, counts) > (long) CROWDED * n) {
      return byDigits(keys, other, n, lowest, bits, counts);
    }
    scatter(keys, other, n, first, counts);
    insert(other, n);
    return other;
  }

  /** By insertion, of keys that are near their places. */
  private static void insert(long[] keys, int n) {
    for (int i = 1; i < n; i++) {
      long key = keys[i];
      int at = i - 1;
      while (at >= 0 && keys[at] > key) {
        keys[at + 1] = keys[at];
        at--;
      }
      keys[at + 1] = key;
    }
  }

  private static long[] byDigits(
      long[] keys, long[] other, int n, int lowest, int bits, int[] counts) {
    int longest = n < MANY ? DIGIT : MOST_BITS;
    int passes = (bits + longest - 1) / longest;
    long[] from = keys;
    long[] to = other;
    for (int pass = 0; pass < passes; pass++) {
      // Digits of much the same length.
      int start = bits * pass / passes;
      int length = bits * (pass + 1) / passes - start;
      Digit digit = new Digit(lowest, start, (1 << length) - 1);
      count(from, n, digit, counts);
      scatter(from, to, n, digit, counts);
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

  /** Makes counts the buckets' starts; gives the sum of the squares of their sizes. */
  private static long count(long[] keys, int n, Digit digit, int[] counts) {
    int buckets = digit.mask + 1;
    Arrays.fill(counts, 0, buckets, 0);
    for (int i = 0; i < n; i++) {
      counts[digit.of(keys[i])]++;
    }
    int next = 0;
    long squares = 0;
    for (int d = 0; d < buckets; d++) {
      int count = counts[d];
      counts[d] = next;
      next += count;
      squares += (long) count * count;
    }
    return squares;
  }

  private static void scatter(long[] from, long[] to, int n, Digit digit, int[] counts) {
    for (int i = 0; i < n; i++) {
      to[counts[digit.of(from[i])]++] = from[i];
    }
  }
}
