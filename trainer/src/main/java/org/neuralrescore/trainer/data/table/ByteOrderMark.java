// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** The mark that Windows programs put before UTF-8; it belongs to no column's name and no id. */
public final class ByteOrderMark {
  private static final char MARK = '\uFEFF';

  private ByteOrderMark() {}

  /** The same text without the mark. */
  public static Reader skip(Reader text) throws IOException {
    BufferedReader buffered = new BufferedReader(text, 1 << 16);
    buffered.mark(1);
    if (buffered.read() != MARK) {
      buffered.reset();
    }
    return buffered;
  }
}
