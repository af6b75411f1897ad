// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/** Whether a search or an upload shall go on. */
@FunctionalInterface
public interface Cancellation {
  /** Always. */
  Cancellation NEVER = () -> {};

  /**
   * Throws, unchecked, where it shall not go on. Cheap, and safe to call from any thread: between
   * two chunks of a run the running thread asks, inside one a watch does.
   */
  void check();
}
