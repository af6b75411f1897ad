// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.parallel;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Working space lent to one part at a time and kept between sweeps. Which part gets which is left
 * to chance, so whoever borrows writes before reading.
 */
public final class ScratchPool<T> {
  private final ConcurrentLinkedQueue<T> free = new ConcurrentLinkedQueue<>();
  private final Supplier<T> factory;

  /** Makes one with {@code factory} where none is free. */
  public ScratchPool(Supplier<T> factory) {
    this.factory = factory;
  }

  /** One that nobody else has until it is given back. */
  public T borrow() {
    T scratch = free.poll();
    return scratch == null ? factory.get() : scratch;
  }

  /** Gives one back. */
  public void giveBack(T scratch) {
    free.add(scratch);
  }
}
