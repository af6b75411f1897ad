// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.line;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.search.DocIdSetIterator;

/** The vectors of one segment, read in doc order: Lucene 10, where an iterator gives ordinals. */
public final class VectorReader {
  private final FloatVectorValues vectors;
  private final DocIndexIterator documents;

  public VectorReader(FloatVectorValues vectors) {
    this.vectors = vectors;
    this.documents = vectors.iterator();
  }

  /**
   * Moves to a document at or behind the current one.
   *
   * @return false where it has no vector
   */
  public boolean advance(int doc) throws IOException {
    int at = documents.docID();
    if (at < doc) {
      at = documents.advance(doc);
    }
    return at == doc && at != DocIdSetIterator.NO_MORE_DOCS;
  }

  /** The document's vector; valid until the next call. */
  public float[] vector() throws IOException {
    return vectors.vectorValue(documents.index());
  }
}
