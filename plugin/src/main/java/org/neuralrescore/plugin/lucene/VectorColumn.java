// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.nio.FloatBuffer;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.neuralrescore.plugin.line.VectorReader;

/**
 * A Lucene {@code KnnFloatVectorField}.
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
    VectorReader reader = new VectorReader(vectors);
    return new Vectors(reader);
  }

  private record Vectors(VectorReader reader) implements LeafColumn {
    @Override
    public boolean read(int doc, FloatBuffer buffer, int offset) throws IOException {
      if (!reader.advance(doc)) {
        return false;
      }
      buffer.put(offset, reader.vector());
      return true;
    }

    @Override
    public float dot(int doc, float[] vector, FloatBuffer scratch) throws IOException {
      return reader.advance(doc) ? DotProduct.of(vector, reader.vector()) : 0;
    }
  }
}
