package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.nio.FloatBuffer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.index.mapper.vectors.VectorEncoderDecoder;
import org.neuralrescore.plugin.lucene.Column;
import org.neuralrescore.plugin.lucene.LeafColumn;
import org.neuralrescore.plugin.lucene.ScoringException;
import org.neuralrescore.plugin.lucene.VectorColumn;

/**
 * A {@code dense_vector} of floats with its length restored, nothing allocated a doc.
 *
 * <ul>
 *   <li>{@code index: true}: Lucene's vectors. A {@code cosine} field has them normalised and the
 *       length beside them in {@code <field>._magnitude}, where it is not 1.
 *   <li>{@code index: false}: binary doc values, the floats and a 4-byte length that is not needed;
 *       of element type {@code bfloat16} half as many bytes a number.
 * </ul>
 *
 * @param created the index's, for its byte order
 */
record DenseVectorColumn(String field, int width, IndexVersion created) implements Column {
  private static final String MAGNITUDE_SUFFIX = "._magnitude";

  @Override
  public LeafColumn open(LeafReaderContext leaf) throws IOException {
    FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
    if (info == null) {
      return LeafColumn.EMPTY;
    }
    if (info.getVectorDimension() > 0) {
      return indexed(leaf);
    }
    return info.getDocValuesType() == DocValuesType.BINARY ? binary(leaf) : LeafColumn.EMPTY;
  }

  private LeafColumn indexed(LeafReaderContext leaf) throws IOException {
    LeafColumn vectors = new VectorColumn(field, width).open(leaf);
    NumericDocValues magnitudes = leaf.reader().getNumericDocValues(field + MAGNITUDE_SUFFIX);
    if (magnitudes == null) {
      return vectors;
    }
    return (doc, buffer, offset) -> {
      if (!vectors.read(doc, buffer, offset)) {
        return false;
      }
      if (magnitudes.advanceExact(doc)) {
        scale(buffer, offset, Float.intBitsToFloat((int) magnitudes.longValue()));
      }
      return true;
    };
  }

  private void scale(FloatBuffer buffer, int offset, float magnitude) {
    for (int i = offset; i < offset + width; i++) {
      buffer.put(i, buffer.get(i) * magnitude);
    }
  }

  private LeafColumn binary(LeafReaderContext leaf) throws IOException {
    BinaryDocValues values = leaf.reader().getBinaryDocValues(field);
    if (values == null) {
      return LeafColumn.EMPTY;
    }
    float[] vector = new float[width];
    return (doc, buffer, offset) -> {
      if (!values.advanceExact(doc)) {
        return false;
      }
      BytesRef bytes = values.binaryValue();
      if (bytes.length == Short.BYTES * width + Float.BYTES) {
        halves(bytes, buffer, offset);
        return true;
      }
      int stored = VectorEncoderDecoder.denseVectorLength(created, bytes);
      if (stored != width) {
        throw new ScoringException(
            "field [" + field + "] expects vectors of " + width + ", a doc has " + stored);
      }
      VectorEncoderDecoder.decodeDenseVector(created, bytes, vector);
      buffer.put(offset, vector);
      return true;
    };
  }

  /** Numbers of element type {@code bfloat16}: the upper halves of floats, little-endian. */
  private void halves(BytesRef bytes, FloatBuffer buffer, int offset) {
    for (int i = 0; i < width; i++) {
      int at = bytes.offset + Short.BYTES * i;
      int half = (bytes.bytes[at] & 0xff) | (bytes.bytes[at + 1] & 0xff) << 8;
      buffer.put(offset + i, Float.intBitsToFloat(half << 16));
    }
  }
}
