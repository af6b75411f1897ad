package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * A Lucene {@code KnnFloatVectorField}. The one place that knows Lucene 9's vector iterator: Lucene
 * 10 reads by ordinal.
 *
 * @param width the field's dimension
 */
public record VectorColumn(String field, int width) implements Column {
  @Override
  public LeafColumn open(LeafReaderContext leaf) throws IOException {
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    if (vectors == null) {
      return LeafColumn.EMPTY;
    }
    if (vectors.dimension() != width) {
      throw new ScoringException(
          "field ["
              + field
              + "] expects vectors of "
              + width
              + ", the segment has "
              + vectors.dimension());
    }
    return (doc, buffer, offset) -> {
      int at = vectors.docID();
      if (at < doc) {
        at = vectors.advance(doc);
      }
      if (at != doc || at == DocIdSetIterator.NO_MORE_DOCS) {
        return false;
      }
      buffer.put(offset, vectors.vectorValue());
      return true;
    };
  }
}
