// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import org.neuralrescore.plugin.graph.GraphCheck;

/** What opening a model takes on the heap. */
public final class OpeningHeap {
  /** The most that a byte of a graph can become when it is read. */
  private static final int A_BYTE = 128;

  private OpeningHeap() {}

  /**
   * Bytes that reading graphs takes besides their files.
   *
   * @param files bytes of the files, at least 0
   */
  public static long reading(long files) {
    return files < GraphCheck.READ_BYTES / A_BYTE ? A_BYTE * files : GraphCheck.READ_BYTES;
  }
}
