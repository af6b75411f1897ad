// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;

/** A feature's reader for each segment. Safe to share between threads; the leaves' are not. */
public interface Column {
  /** A fresh reader, before the segment's first doc. */
  LeafColumn open(LeafReaderContext leaf) throws IOException;
}
