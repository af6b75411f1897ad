// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.line;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.search.DocIdSetIterator;

/** The vectors of one segment, read in doc order: Lucene 9, where the values iterate themselves. */
public final class VectorReader {
  private final FloatVectorValues vectors;

  public VectorReader(FloatVectorValues vectors) {
    this.vectors = vectors;
  }

  /**
   * Moves to a document at or behind the current one.
   *
   * @return false where it has no vector
   */
  public boolean advance(int doc) throws IOException {
    int at = vectors.docID();
    if (at < doc) {
      at = vectors.advance(doc);
    }
    return at == doc && at != DocIdSetIterator.NO_MORE_DOCS;
  }

  /** The document's vector; valid until the next call. */
  public float[] vector() throws IOException {
    return vectors.vectorValue();
  }
}
