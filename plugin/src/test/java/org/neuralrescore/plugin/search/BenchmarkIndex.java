// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.logging.LogConfigurator;

/** An index of vectors as Elasticsearch writes them, in {@value #SEGMENTS} segments. */
final class BenchmarkIndex {
  static final String FACTORS = "factors";

  private static final int SEGMENTS = 8;

  private BenchmarkIndex() {}

  /**
   * Writes it.
   *
   * @param indexed Lucene's vectors instead of doc values
   */
  static void write(Directory directory, int docs, int rank, boolean indexed) throws IOException {
    // Elasticsearch's formats, which Lucene finds beside its own, log when they are loaded.
    LogConfigurator.configureESLogging();
    SplittableRandom random = new SplittableRandom(5);
    IndexWriterConfig config =
        new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE).setCodec(codec());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int doc = 0; doc < docs; doc++) {
        Document document = new Document();
        document.add(vector(random, rank, indexed));
        writer.addDocument(document);
        if ((doc + 1) % (docs / SEGMENTS) == 0) {
          writer.flush();
        }
      }
    }
  }

  private static IndexableField vector(SplittableRandom random, int rank, boolean indexed) {
    float[] vector = new float[rank];
    for (int f = 0; f < rank; f++) {
      vector[f] = random.nextFloat();
    }
    return indexed
        ? new KnnFloatVectorField(FACTORS, vector)
        : new BinaryDocValuesField(FACTORS, new BytesRef(stored(vector)));
  }

  /** The numbers and a length behind them. */
  private static byte[] stored(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate((vector.length + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return bytes.putFloat(1).array();
  }

  /** The default one with the smallest of graphs, which nobody searches. */
  private static Codec codec() {
    Codec usual = Codec.getDefault();
    return new FilterCodec(usual.getName(), usual) {
      @Override
      public KnnVectorsFormat knnVectorsFormat() {
        return new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return new Lucene99HnswVectorsFormat(2, 2);
          }
        };
      }
    };
  }

  /** Hits anywhere, with falling scores. */
  static TopDocs firstPass(SplittableRandom random, int docs, int hits) {
    int[] ids = random.ints(0, docs).distinct().limit(hits).toArray();
    ScoreDoc[] all = new ScoreDoc[hits];
    for (int i = 0; i < hits; i++) {
      all[i] = new ScoreDoc(ids[i], hits - i);
    }
    return new TopDocs(new TotalHits(hits, TotalHits.Relation.EQUAL_TO), all);
  }
}
