// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

import java.util.Arrays;

/**
 * Counts by key, of which few are touched at a time: clearing them takes the time of those that
 * were, and not of all that there are. One a thread.
 */
public final class TouchedCounts {
  private final int[] counts;
  private int[] touched = new int[256];
  private int size;

  /** Of keys from 0 on. */
  public TouchedCounts(int keys) {
    counts = new int[keys];
  }

  /** Forgets all. */
  public void clear() {
    for (int i = 0; i < size; i++) {
      counts[touched[i]] = 0;
    }
    size = 0;
  }

  /** Counts one more. */
  public void add(int key) {
    if (counts[key]++ == 0) {
      if (size == touched.length) {
        touched = Arrays.copyOf(touched, 2 * size);
      }
      touched[size++] = key;
    }
  }

  /** How often a key was counted. */
  public int of(int key) {
    return counts[key];
  }

  /** How many keys were counted. */
  public int size() {
    return size;
  }

  /** One of them, in the order in which they came. */
  public int key(int index) {
    return touched[index];
  }
}
