// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An output that remembers what kept it from being written, which writers of text keep quiet of.
 */
final class WatchedOutput extends FilterOutputStream {
  private Optional<IOException> lost = Optional.empty();

  WatchedOutput(OutputStream out) {
    super(out);
  }

  /** Why something is missing; empty where all was written, or a reader left of its own accord. */
  Optional<IOException> lost() {
    return lost.filter(why -> !String.valueOf(why.getMessage()).contains("Broken pipe"));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      lost = lost.or(() -> Optional.of(e));
      throw e;
    }
  }
}
