// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

/**
 * The items nearest to an item that moments have read, one item after the other. Where as many are
 * asked for as there are and weights have both signs, that is every other item that was touched at
 * all: what nobody has beside an item speaks against it.
 */
final class Nearest {
  private final WideOptions options;
  private final int items;
  private final boolean whole;
  private final Largest largest;

  Nearest(WideOptions options, int items) {
    this.options = options;
    this.items = items;
    whole =
        options.direction().signed() && options.minTogether() == 1 && options.candidates() >= items;
    largest = new Largest(most(options, items));
  }

  /** The most items that {@link #of} finds. */
  static int most(WideOptions options, int items) {
    return Math.min(options.candidates(), Math.max(1, items));
  }

  /**
   * Reads an item and finds the nearest to it.
   *
   * @param moments are of that item behind it
   * @param to gets them, rising
   * @return how many
   */
  int of(int item, PairMoments moments, int[] to) {
    moments.read(item);
    if (whole) {
      return others(item, moments, to);
    }
    largest.clear();
    for (int i = 0; i < moments.count(); i++) {
      int other = moments.touched(i);
      if (moments.users(other) < options.minTogether()) {
        continue;
      }
      float near = nearness(item, moments, other);
      if (near > 0) {
        largest.offer(other, near);
      }
    }
    return largest.items(to);
  }

  private int others(int item, PairMoments moments, int[] to) {
    int found = 0;
    for (int other = 0; other < items; other++) {
      if (other != item && moments.mass()[other] > 0) {
        to[found++] = other;
      }
    }
    return found;
  }

  /** How near an item is to the one that the moments are of. */
  float nearness(int item, PairMoments moments, int other) {
    return (float) options.closeness().of(item, other, moments);
  }
}
