// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.parallel;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Sums of parts, added in the order of the parts, each as soon as those before it are there: the
 * same bits in whatever order they come, and no more kept than those that came early.
 */
public final class InOrder<T> {
  private final Map<Integer, T> early = new TreeMap<>();
  private final BinaryOperator<T> add;
  private Optional<T> sum = Optional.empty();
  private int next;

  /**
   * Of no part yet.
   *
   * @param add the sum so far and the next part's to what is the sum from then on, either of them,
   *     overwritten, or a new one
   */
  public InOrder(BinaryOperator<T> add) {
    this.add = add;
  }

  /** One part's, once a part; it is the sum's from here on. */
  public synchronized void put(int part, T value) {
    early.put(part, value);
    for (T one = early.remove(next); one != null; one = early.remove(++next)) {
      T following = one;
      sum = Optional.of(sum.map(so -> add.apply(so, following)).orElse(following));
    }
  }

  /** How many wait for those before them. */
  public synchronized int waiting() {
    return early.size();
  }

  /**
   * The sum of all; empty where no part was put.
   *
   * @throws IllegalStateException where a part before one that came is missing
   */
  public synchronized Optional<T> whole() {
    if (!early.isEmpty()) {
      throw new IllegalStateException("parts wait for part " + next + ", which never came");
    }
    return sum;
  }
}
