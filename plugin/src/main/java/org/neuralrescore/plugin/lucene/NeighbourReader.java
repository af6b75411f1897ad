// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.neuralrescore.bundle.NeighbourList;

/** Reads the neighbours of one doc, for an explanation. */
@FunctionalInterface
public interface NeighbourReader {
  /**
   * Reads.
   *
   * @param doc the segment's doc id
   * @return empty where the doc has none
   */
  Optional<NeighbourList> read(LeafReaderContext leaf, int doc) throws IOException;
}
