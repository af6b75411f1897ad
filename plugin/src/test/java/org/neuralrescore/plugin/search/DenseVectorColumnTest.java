// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.index.IndexVersion;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.lucene.LeafColumn;
import org.neuralrescore.plugin.lucene.ScoringException;

/** The three ways in which a segment stores a vector. */
class DenseVectorColumnTest {
  private static Document cosine(float magnitude, float... normalised) {
    Document document = new Document();
    document.add(new KnnFloatVectorField("v", normalised, VectorSimilarityFunction.DOT_PRODUCT));
    if (magnitude != 1) {
      document.add(new NumericDocValuesField("v._magnitude", Float.floatToIntBits(magnitude)));
    }
    return document;
  }

  private static Document binary(float... values) {
    return binary(ByteOrder.LITTLE_ENDIAN, values);
  }

  private static Document binary(ByteOrder order, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate((values.length + 1) * Float.BYTES).order(order);
    for (float value : values) {
      bytes.putFloat(value);
    }
    bytes.putFloat(99);
    Document document = new Document();
    document.add(new BinaryDocValuesField("v", new BytesRef(bytes.array())));
    return document;
  }

  /** Reads docs 0 to n, each at its own place; a doc without a vector leaves -1. */
  private static float[] read(int width, Document... documents) throws IOException {
    return read(IndexVersion.current(), width, documents);
  }

  private static float[] read(IndexVersion created, int width, Document... documents)
      throws IOException {
    float[] read = new float[documents.length * width];
    Arrays.fill(read, -1);
    FloatBuffer buffer = FloatBuffer.wrap(read);
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
        for (Document document : documents) {
          writer.addDocument(document);
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        LeafColumn column = new DenseVectorColumn("v", width, created).open(reader.leaves().get(0));
        LeafColumn again = new DenseVectorColumn("v", width, created).open(reader.leaves().get(0));
        for (int doc = 0; doc < documents.length; doc++) {
          column.read(doc, buffer, doc * width);
          assertDot(again, doc, read, doc * width, width);
        }
      }
    }
    return read;
  }

  /** Where it lies multiplied, a doc gives what its numbers give once they are read. */
  private static void assertDot(LeafColumn column, int doc, float[] read, int from, int width)
      throws IOException {
    float[] vector = new float[width];
    double expected = 0;
    for (int i = 0; i < width; i++) {
      vector[i] = 0.3f * i - 1;
      expected += read[from + i] == -1 ? 0 : (double) vector[i] * read[from + i];
    }
    float dot = column.dot(doc, vector, FloatBuffer.allocate(width));
    assertEquals(expected, dot, 1e-6 * width * 10, "doc " + doc);
  }

  private static float[] numbers(int count, float step) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 1 + i * step;
    }
    return numbers;
  }

  @Test
  void read_ofAnOldIndex_knowsItsByteOrderAndWhetherLengthsAreThere() throws IOException {
    float[] values = numbers(19, 0.25f);
    // Before 8.9 floats were stored with the highest byte first.
    assertArrayEquals(
        values, read(IndexVersion.fromId(8_080_099), 19, binary(ByteOrder.BIG_ENDIAN, values)));
    assertArrayEquals(
        values, read(IndexVersion.fromId(8_090_099), 19, binary(ByteOrder.LITTLE_ENDIAN, values)));
    // Before 7.5 no length was stored behind them; of two numbers that is what halves take, too.
    for (int width : new int[] {2, 19}) {
      float[] few = numbers(width, 0.5f);
      ByteBuffer bytes = ByteBuffer.allocate(width * Float.BYTES);
      for (float value : few) {
        bytes.putFloat(value);
      }
      Document document = new Document();
      document.add(new BinaryDocValuesField("v", new BytesRef(bytes.array())));
      assertArrayEquals(few, read(IndexVersion.fromId(7_040_099), width, document));
    }
  }

  /** Values that are no array's start, as no codec of today gives them. */
  @Test
  void read_atAnyPlaceOfAnArray_isTheSame() throws IOException {
    int width = 11;
    float[] values = numbers(width, 0.125f);
    ByteBuffer stored =
        ByteBuffer.allocate((width + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      stored.putFloat(value);
    }
    byte[] shared = new byte[200];
    LeafColumn column =
        new DenseVectorColumn("v", width, IndexVersion.current())
            .stored(
                new PlacedValues(
                    doc -> {
                      // Now and then another array.
                      byte[] array = doc % 7 == 6 ? new byte[200] : shared;
                      System.arraycopy(stored.array(), 0, array, doc, stored.capacity());
                      return new BytesRef(array, doc, stored.capacity());
                    }));
    float[] read = new float[width + 1];
    for (int doc = 0; doc < 60; doc++) {
      column.read(doc, FloatBuffer.wrap(read), 1);
      assertArrayEquals(values, Arrays.copyOfRange(read, 1, width + 1), "at " + doc);
      assertDot(column, doc, read, 1, width);
    }
  }

  @Test
  void read_ofACosineField_restoresTheLength() throws IOException {
    assertArrayEquals(
        new float[] {3, 4, -1, -1, 0.6f, 0.8f, 0.5f, 0},
        read(2, cosine(5, 0.6f, 0.8f), new Document(), cosine(1, 0.6f, 0.8f), cosine(0.5f, 1, 0)),
        1e-6f);
  }

  @Test
  void read_ofAnUnindexedField_leavesTheStoredLengthAside() throws IOException {
    assertArrayEquals(
        new float[] {3, 4, -1, -1, 0, 0}, read(2, binary(3, 4), new Document(), binary(0, 0)));
  }

  @Test
  void read_ofAnUnindexedVectorOfAnotherLength_fails() {
    String message = assertThrows(ScoringException.class, () -> read(3, binary(1, 2))).getMessage();
    assertEquals("field [v] expects vectors of 3, a doc has 2", message);
  }

  @Test
  void read_ofAnIndexedVectorOfAnotherLength_fails() {
    assertThrows(ScoringException.class, () -> read(3, cosine(1, 1, 0)));
  }

  @Test
  void open_ofASegmentWithoutTheField_hasNothing() throws IOException {
    assertFalse(read(2, new Document())[0] != -1);
  }

  private static final class PlacedValues extends BinaryDocValues {
    private final IntFunction<BytesRef> placed;
    private int at = -1;

    PlacedValues(IntFunction<BytesRef> placed) {
      this.placed = placed;
    }

    @Override
    public BytesRef binaryValue() {
      return placed.apply(at);
    }

    @Override
    public boolean advanceExact(int doc) {
      at = doc;
      return true;
    }

    @Override
    public int docID() {
      return at;
    }

    @Override
    public int nextDoc() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int advance(int doc) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long cost() {
      return 1;
    }
  }
}
