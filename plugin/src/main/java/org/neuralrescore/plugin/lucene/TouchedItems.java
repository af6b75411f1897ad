// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.nio.FloatBuffer;
import org.apache.lucene.util.BitUtil;
import org.apache.lucene.util.BytesRef;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.NeighbourList;

/**
 * The items that a user touched, by ordinal, ready to be looked for in the neighbours of many hits:
 * a filter of bits tells most ordinals that are not there by one word. Immutable, thread-safe; a
 * hit is read forward once and nothing is allocated.
 */
public final class TouchedItems {
  /** Bits of the filter an item at least: of ordinals that are not there one in so many passes. */
  private static final int BITS_PER_ITEM = 512;

  private final NeighbourList items;
  private final long[] filter;

  /** Prepares. */
  public TouchedItems(NeighbourList items) {
    this.items = items;
    int bits = Integer.highestOneBit(Math.max(1, items.size() * BITS_PER_ITEM - 1)) << 1;
    filter = new long[Math.max(1, bits / Long.SIZE)];
    for (int i = 0; i < items.size(); i++) {
      filter[word(items.ordinal(i))] |= 1L << items.ordinal(i);
    }
  }

  private int word(int ordinal) {
    return (ordinal >>> 6) & (filter.length - 1);
  }

  /** How many. */
  public int size() {
    return items.size();
  }

  /** The place of an ordinal among the items, below 0 where it is not there. */
  private int place(int ordinal) {
    if ((filter[word(ordinal)] >>> ordinal & 1) == 0) {
      return -1;
    }
    int low = 0;
    int high = items.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int there = items.ordinal(middle);
      if (there == ordinal) {
        return middle;
      }
      if (there < ordinal) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /**
   * Sums what they say of a hit: the terms {@code weight in the history * weight as a neighbour},
   * in the order of ordinals.
   *
   * @param neighbours the hit's, as {@link NeighbourList} writes them
   * @param buffer gets the sum at {@code offset} and, of width 3, the number of terms and the
   *     largest, not below 0, behind it
   * @throws InvalidBundleException where the bytes are no such list; nothing is read past their end
   */
  public void sum(BytesRef neighbours, FloatBuffer buffer, int offset, int width) {
    int n = NeighbourList.pairs(neighbours.length);
    byte[] bytes = neighbours.bytes;
    int weights = neighbours.offset + n * Integer.BYTES;
    int before = -1;
    float sum = 0f;
    int matches = 0;
    float largest = 0f;
    for (int i = 0; i < n; i++) {
      int ordinal = ordinal(bytes, neighbours.offset + i * Integer.BYTES, before);
      before = ordinal;
      int place = place(ordinal);
      if (place >= 0) {
        float term = items.weight(place) * weight(bytes, weights + i * Float.BYTES);
        sum += term;
        matches++;
        largest = Math.max(largest, term);
      }
    }
    buffer.put(offset, sum);
    if (width == 3) {
      buffer.put(offset + 1, matches);
      buffer.put(offset + 2, largest);
    }
  }

  private static int ordinal(byte[] bytes, int at, int before) {
    int ordinal = (int) BitUtil.VH_LE_INT.get(bytes, at);
    if (ordinal <= before) {
      throw new InvalidBundleException(
          "a neighbour list expects rising ordinals from 0, got " + ordinal + " behind " + before);
    }
    return ordinal;
  }

  private static float weight(byte[] bytes, int at) {
    float weight = (float) BitUtil.VH_LE_FLOAT.get(bytes, at);
    if (!Float.isFinite(weight)) {
      throw new InvalidBundleException("a neighbour list expects finite weights, got " + weight);
    }
    return weight;
  }

  /**
   * What each of them says of a hit, [size], 0 where nothing; the terms that {@link #sum} adds up.
   */
  float[] terms(NeighbourList neighbours) {
    float[] terms = new float[items.size()];
    for (int i = 0; i < neighbours.size(); i++) {
      int place = place(neighbours.ordinal(i));
      if (place >= 0) {
        terms[place] = items.weight(place) * neighbours.weight(i);
      }
    }
    return terms;
  }

  /** The ordinal at a place. */
  int ordinal(int place) {
    return items.ordinal(place);
  }
}
