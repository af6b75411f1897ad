// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import org.neuralrescore.plugin.graph.GraphCheck;

/** What opening a model takes on the heap. */
public final class OpeningHeap {
  /** The most that reading a graph, or a JSON file before it, may take besides the file. */
  public static final int READ_BYTES = GraphCheck.READ_BYTES;

  /** The most that a byte of either can become when it is read. */
  private static final int A_BYTE = 128;

  private OpeningHeap() {}

  /**
   * Bytes that reading graphs and JSON takes besides their files.
   *
   * @param files bytes of the files, at least 0
   */
  public static long reading(long files) {
    return files < READ_BYTES / A_BYTE ? A_BYTE * files : READ_BYTES;
  }
}
