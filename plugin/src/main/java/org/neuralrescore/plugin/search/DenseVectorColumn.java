// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.neuralrescore.plugin.lucene.DotProduct;
import org.neuralrescore.plugin.lucene.LeafColumn;
import org.neuralrescore.plugin.lucene.ScoringException;
import org.neuralrescore.plugin.lucene.VectorColumn;

/**
 * A {@code dense_vector} of floats with its length restored, nothing allocated a doc and nothing
 * decoded: the bytes go where they are asked for.
 *
 * <ul>
 *   <li>{@code index: true}: Lucene's vectors. A {@code cosine} field has them normalised and the
 *       length beside them in {@code <field>._magnitude}, where it is not 1.
 *   <li>{@code index: false}: binary doc values, the floats and a 4-byte length that is not needed;
 *       of element type {@code bfloat16} half as many bytes a number.
 * </ul>
 *
 * @param created the index's
 * @param layout of that index
 */
record DenseVectorColumn(String field, int width, IndexVersion created, FloatLayout layout)
    implements Column {
  /** What a {@code cosine} field has beside its own name, where a vector's length is not 1. */
  static final String MAGNITUDE_SUFFIX = "._magnitude";

  DenseVectorColumn(String field, int width, IndexVersion created) {
    this(field, width, created, FloatLayout.of(created, width));
  }

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
    return new Cosine(vectors, magnitudes);
  }

  private final class Cosine implements LeafColumn {
    private final LeafColumn vectors;
    private final NumericDocValues magnitudes;

    private Cosine(LeafColumn vectors, NumericDocValues magnitudes) {
      this.vectors = vectors;
      this.magnitudes = magnitudes;
    }

    @Override
    public boolean read(int doc, FloatBuffer buffer, int offset) throws IOException {
      if (!vectors.read(doc, buffer, offset)) {
        return false;
      }
      if (magnitudes.advanceExact(doc)) {
        scale(buffer, offset, magnitude());
      }
      return true;
    }

    @Override
    public float dot(int doc, float[] vector, FloatBuffer scratch) throws IOException {
      float dot = vectors.dot(doc, vector, scratch);
      return magnitudes.advanceExact(doc) ? dot * magnitude() : dot;
    }

    private float magnitude() throws IOException {
      return Float.intBitsToFloat((int) magnitudes.longValue());
    }
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
    return stored(values);
  }

  /** A segment's values of a field that is not indexed. */
  LeafColumn stored(BinaryDocValues values) {
    return new StoredFloats(values);
  }

  /** Bytes that are copied as they are, or multiplied where they lie. */
  private final class StoredFloats implements LeafColumn {
    private final BinaryDocValues values;
    private byte[] viewed = new byte[0];
    private int alignment;
    private FloatBuffer view = FloatBuffer.allocate(0);

    private StoredFloats(BinaryDocValues values) {
      this.values = values;
    }

    @Override
    public boolean read(int doc, FloatBuffer buffer, int offset) throws IOException {
      if (!values.advanceExact(doc)) {
        return false;
      }
      BytesRef bytes = values.binaryValue();
      if (bytes.length == layout.bytes()) {
        buffer.put(offset, view(bytes), bytes.offset / Float.BYTES, width);
      } else if (bytes.length == Short.BYTES * width + Float.BYTES) {
        halves(bytes, buffer, offset);
      } else {
        throw otherLength(bytes);
      }
      return true;
    }

    @Override
    public float dot(int doc, float[] vector, FloatBuffer scratch) throws IOException {
      if (!values.advanceExact(doc)) {
        return 0;
      }
      BytesRef bytes = values.binaryValue();
      if (bytes.length == layout.bytes() && layout.order() == ByteOrder.LITTLE_ENDIAN) {
        return DotProduct.of(vector, bytes.bytes, bytes.offset);
      }
      return read(doc, scratch, 0) ? DotProduct.of(vector, scratch.array()) : 0;
    }

    /** Lucene gives a segment's values in one array, mostly from its start on: one view does. */
    private FloatBuffer view(BytesRef bytes) {
      int wanted = bytes.offset % Float.BYTES;
      if (bytes.bytes != viewed || wanted != alignment) {
        viewed = bytes.bytes;
        alignment = wanted;
        view =
            ByteBuffer.wrap(viewed)
                .position(alignment)
                .slice()
                .order(layout.order())
                .asFloatBuffer();
      }
      return view;
    }
  }

  private ScoringException otherLength(BytesRef bytes) {
    return new ScoringException(
        "field ["
            + field
            + "] expects vectors of "
            + width
            + ", a doc has "
            + VectorEncoderDecoder.denseVectorLength(created, bytes));
  }

  /**
   * How an index keeps floats, which Elasticsearch's own decoder is asked for.
   *
   * @param bytes of a vector, with its length behind it in all but the oldest indices
   */
  record FloatLayout(ByteOrder order, int bytes) {
    private static final float SAMPLE = 1.5f;

    static FloatLayout of(IndexVersion created, int width) {
      byte[] sample =
          ByteBuffer.allocate(2 * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putFloat(SAMPLE)
              .array();
      float[] decoded = new float[1];
      VectorEncoderDecoder.decodeDenseVector(created, new BytesRef(sample), decoded);
      boolean hasLength =
          VectorEncoderDecoder.denseVectorLength(created, new BytesRef(sample)) == 1;
      return new FloatLayout(
          decoded[0] == SAMPLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
          Float.BYTES * (width + (hasLength ? 1 : 0)));
    }
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
