package org.neuralrescore.trainer.factors.solver;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Working space lent to one part at a time and kept between sweeps. Which part gets which is left
 * to chance, so whoever borrows writes before reading.
 */
final class ScratchPool<T> {
  private final ConcurrentLinkedQueue<T> free = new ConcurrentLinkedQueue<>();
  private final Supplier<T> factory;

  ScratchPool(Supplier<T> factory) {
    this.factory = factory;
  }

  T borrow() {
    T scratch = free.poll();
    return scratch == null ? factory.get() : scratch;
  }

  void giveBack(T scratch) {
    free.add(scratch);
  }
}
