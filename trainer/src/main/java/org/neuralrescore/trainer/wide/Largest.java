// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;

/** The items of the largest values, equal ones by item, of many offered: a heap of a fixed size. */
final class Largest {
  private final long[] heap;
  private int size;

  Largest(int most) {
    heap = new long[most];
  }

  /** Forgets all. */
  void clear() {
    size = 0;
  }

  /**
   * Offers an item.
   *
   * @param value above 0
   */
  void offer(int item, float value) {
    // Positive floats are ordered as their bits are; the smaller item is the larger key.
    long key = (long) Float.floatToIntBits(value) << 32 | (Integer.MAX_VALUE - item);
    if (size < heap.length) {
      heap[size++] = key;
      if (size == heap.length) {
        for (int i = size / 2 - 1; i >= 0; i--) {
          sink(i);
        }
      }
    } else if (key > heap[0]) {
      heap[0] = key;
      sink(0);
    }
  }

  private void sink(int from) {
    long key = heap[from];
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= key) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = key;
  }

  /**
   * Copies the items out, rising.
   *
   * @return how many
   */
  int items(int[] to) {
    for (int i = 0; i < size; i++) {
      to[i] = Integer.MAX_VALUE - (int) heap[i];
    }
    Arrays.sort(to, 0, size);
    return size;
  }
}
