// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.nio.FloatBuffer;

/** Reads one feature of one segment's docs, forward only. */
public interface LeafColumn {
  /** A segment that has the feature for no doc. */
  LeafColumn EMPTY = (doc, buffer, offset) -> false;

  /**
   * Writes the doc's values to {@code buffer} from the absolute position {@code offset} on.
   *
   * @param doc the segment's doc id, larger than that of the call before
   * @return false, with nothing written, where the doc has no value
   */
  boolean read(int doc, FloatBuffer buffer, int offset) throws IOException;

  /**
   * The {@link DotProduct} of the doc's values and a vector, in place of {@link #read}.
   *
   * @param doc the segment's doc id, larger than that of the call before
   * @param scratch room for the values, an array's from its start on
   * @return 0 where the doc has no value
   */
  default float dot(int doc, float[] vector, FloatBuffer scratch) throws IOException {
    return read(doc, scratch, 0) ? DotProduct.of(vector, scratch.array()) : 0;
  }
}
