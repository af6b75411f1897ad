// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Direct buffers of floats in native byte order, which a native runtime reads without a copy. */
public final class DirectFloats {
  private DirectFloats() {}

  /**
   * Makes one, of zeros.
   *
   * @param what for the error: what it is of, and what would be smaller
   * @throws ScoringException where there is no direct memory left
   */
  public static FloatBuffer allocate(int floats, String what) {
    try {
      return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    } catch (OutOfMemoryError noDirectMemory) {
      // Direct memory is bounded apart from the heap: one window or history that does not fit must
      // fail its search and not the process, which an Error ends even as a cause.
      throw new ScoringException("no direct memory left for " + floats + " floats of " + what);
    }
  }
}
