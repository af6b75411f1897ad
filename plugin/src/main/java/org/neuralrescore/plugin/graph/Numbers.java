// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.LongBuffer;
import java.util.Arrays;

/** Whole numbers of a file in order, as many as a rule and the file's budget allow. */
final class Numbers {
  private final ReadBudget budget;
  private final int most;
  private long[] values = new long[0];
  private int size;

  Numbers(ReadBudget budget, int most) {
    this.budget = budget;
    this.most = most;
  }

  void add(long value) {
    if (size == most) {
      throw GraphRefusal.has("a list of more than " + most + " numbers");
    }
    budget.spend(ReadBudget.NUMBER);
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(4, 2 * size));
    }
    values[size++] = value;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** A view. */
  LongBuffer values() {
    return LongBuffer.wrap(values, 0, size).slice().asReadOnlyBuffer();
  }
}
