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
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
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
    ByteBuffer bytes =
        ByteBuffer.allocate((values.length + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
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
        LeafColumn column =
            new DenseVectorColumn("v", width, IndexVersion.current()).open(reader.leaves().get(0));
        for (int doc = 0; doc < documents.length; doc++) {
          column.read(doc, buffer, doc * width);
        }
      }
    }
    return read;
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
}
