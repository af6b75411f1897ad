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
}
