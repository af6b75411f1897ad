// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.progress;

/** Receives the progress of long work. Implementations are called from one thread a task. */
public interface Progress {

  /** One piece of long work, from {@link #start} to {@link #close}. */
  interface Task extends AutoCloseable {
    /** {@code units} more are done. */
    void advance(long units);

    /** A short text beside the bar, such as {@code loss 0.412}; replaces the one before. */
    void note(String text);

    /** The work ended, well or not. */
    @Override
    void close();
  }

  /**
   * Begins a task.
   *
   * @param name what is being done, such as {@code factors}
   * @param total units in all
   */
  Task start(String name, long total);

  /** Says nothing. */
  static Progress none() {
    return (name, total) -> silent();
  }

  /** A task that says nothing. */
  static Task silent() {
    return new Task() {
      @Override
      public void advance(long units) {}

      @Override
      public void note(String text) {}

      @Override
      public void close() {}
    };
  }
}
