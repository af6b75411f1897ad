// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/**
 * An increasing map of whole numbers that drops low bits, piece by piece. The bits of a positive
 * float, read as a whole number, sort as the float does and go up by 2^23 an octave: a piece that
 * drops {@code b} bits keeps {@code 23 - b} of a float's mantissa, and takes {@code 2^-b} of the
 * room.
 */
final class OrderedSqueeze {
  private final long[] from;
  private final int[] dropped;
  private final long[] to;

  /**
   * A map from {@code start} on.
   *
   * @param start what the smallest number becomes
   * @param limit what every image must be below
   * @param pieces where each begins and how many bits it drops, ascending
   * @param end the largest number of the last piece
   */
  OrderedSqueeze(long start, long limit, long[][] pieces, long end) {
    from = new long[pieces.length];
    dropped = new int[pieces.length];
    to = new long[pieces.length];
    long next = start;
    for (int i = 0; i < pieces.length; i++) {
      from[i] = pieces[i][0];
      dropped[i] = (int) pieces[i][1];
      to[i] = next;
      long last = i + 1 < pieces.length ? pieces[i + 1][0] - 1 : end;
      next += ((last - from[i]) >> dropped[i]) + 1;
    }
    if (next > limit) {
      throw new IllegalArgumentException("pieces take " + (next - limit) + " more than there is");
    }
  }

  /**
   * The image of a number.
   *
   * @param number from the first piece's start to the last one's end
   */
  long apply(long number) {
    int piece = from.length - 1;
    while (number < from[piece]) {
      piece--;
    }
    return to[piece] + ((number - from[piece]) >> dropped[piece]);
  }
}
