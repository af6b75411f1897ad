// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/**
 * How a native runtime sees a whole batch, kept with it for the next window of as many rows. The
 * batch owns it and closes it once its buffers go or another one comes.
 */
public interface BatchView extends AutoCloseable {
  /** No view, of no rows. */
  BatchView NONE = () -> {};

  @Override
  void close();
}
