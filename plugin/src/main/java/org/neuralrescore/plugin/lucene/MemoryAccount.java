// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/** Counts memory outside of the heap before it is taken. */
public interface MemoryAccount {
  /** Counts nothing. */
  MemoryAccount UNBOUNDED =
      new MemoryAccount() {
        @Override
        public void take(long bytes, String what) {}

        @Override
        public void giveBack(long bytes) {}
      };

  /**
   * Counts bytes that the caller then takes.
   *
   * @param what it is for, for the error
   * @throws RuntimeException where they would be too many; then none is counted
   */
  void take(long bytes, String what);

  /** Gives back what was counted. */
  void giveBack(long bytes);
}
