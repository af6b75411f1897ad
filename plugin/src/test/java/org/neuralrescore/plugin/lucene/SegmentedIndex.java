// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * Forty documents in four segments, some of them deleted, every fifth without a vector; and a first
 * pass that hits all that live in an order that has nothing to do with doc ids.
 */
final class SegmentedIndex implements AutoCloseable {
  static final String VECTOR = "vector";
  static final int WIDTH = 3;
  static final int DOCS = 40;

  private final Directory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final float[][] vectors = new float[DOCS][];

  SegmentedIndex() throws IOException {
    Random random = new Random(3);
    IndexWriterConfig config = new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < DOCS; i++) {
        vectors[i] = new float[WIDTH];
        Document document = new Document();
        document.add(new StringField("id", "" + i, Field.Store.YES));
        if (i % 5 != 4) {
          for (int f = 0; f < WIDTH; f++) {
            vectors[i][f] = random.nextFloat();
          }
          document.add(
              new KnnFloatVectorField(
                  VECTOR, vectors[i], VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT));
        }
        writer.addDocument(document);
        if (i % 10 == 9) {
          writer.commit();
        }
      }
      writer.deleteDocuments(new Term("id", "0"), new Term("id", "13"), new Term("id", "39"));
      writer.commit();
    }
    reader = DirectoryReader.open(directory);
    if (reader.leaves().size() != 4) {
      throw new AssertionError("expected 4 segments, got " + reader.leaves().size());
    }
  }

  IndexSearcher searcher() {
    return new IndexSearcher(reader);
  }

  /** All living docs, best first, with scores that fall by steps of one and some ties. */
  TopDocs firstPass() throws IOException {
    StoredFields stored = reader.storedFields();
    ScoreDoc[] hits = new ScoreDoc[reader.numDocs()];
    int n = 0;
    for (int step = 0; step < DOCS; step++) {
      // 17 and 40 have no common divisor: every doc comes up once, far from the one before.
      int doc = (step * 17 + 5) % DOCS;
      String id = stored.document(doc).get("id");
      if (!id.equals("0") && !id.equals("13") && !id.equals("39")) {
        int score = (hits.length - n + 1) / 2;
        hits[n] = new ScoreDoc(doc, score, 7);
        n++;
      }
    }
    return new TopDocs(new TotalHits(1_000, TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO), hits);
  }

  /** The vector of a doc; zeros where it has none. Ids are doc ids, for nothing was merged. */
  float[] vector(int doc) {
    return vectors[doc];
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
