// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.index.IndexVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Combination;
import org.neuralrescore.plugin.lucene.DotForm;
import org.neuralrescore.plugin.lucene.Feature;
import org.neuralrescore.plugin.lucene.NeuralRescorer;

/**
 * A window's heap: the hits that it gives, and what does not grow with them. The index is mapped,
 * as a node's is: Lucene's directory in memory makes a buffer a read.
 */
class WindowAllocationTest {
  private static final int RANK = 16;
  private static final int DOCS = 10_000;

  /** A hit, and its place in the array: 24 and 4 bytes, or 8 where references are long. */
  private static final int HIT_BYTES = 32;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static void index(Directory directory) throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int doc = 0; doc < DOCS; doc++) {
        ByteBuffer bytes =
            ByteBuffer.allocate((RANK + 1) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i <= RANK; i++) {
          bytes.putFloat((float) Math.sin(doc * 31 + i));
        }
        Document document = new Document();
        if (doc % 10 != 9) {
          document.add(new BinaryDocValuesField("v", new BytesRef(bytes.array())));
        }
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static TopDocs firstPass(int hits) {
    ScoreDoc[] docs = new ScoreDoc[hits];
    for (int i = 0; i < hits; i++) {
      docs[i] = new ScoreDoc(i * 7_919 % DOCS, hits - i);
    }
    return new TopDocs(new TotalHits(hits, TotalHits.Relation.EQUAL_TO), docs);
  }

  private static NeuralRescorer rescorer(Optional<DotForm> form) {
    return NeuralRescorer.builder(
            (batch, cancellation) -> {
              for (int row = 0; row < batch.rows(); row++) {
                batch.outputs().put(row, batch.input(0).get(row * RANK));
              }
            },
            new BatchPool(new BatchLayout(RANK, RANK)))
        .features(
            List.of(
                new Feature.Stored(
                    "items", new DenseVectorColumn("v", RANK, IndexVersion.current()), RANK, 0)))
        .user(FloatVector.of(new float[RANK]))
        .combination(new Combination(0.5f, ScoreTransform.SOFTPLUS))
        .linear(form)
        .window(DOCS)
        .build();
  }

  /** The fewest bytes of some windows, once all is compiled or not. */
  private static long bytes(NeuralRescorer rescorer, IndexSearcher searcher, int hits)
      throws IOException {
    TopDocs firstPass = firstPass(hits);
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < 30; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      rescorer.rescore(searcher, firstPass, hits);
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }

  @Test
  void rescore_allocatesNothingAHitButTheHit(@TempDir Path folder) throws IOException {
    try (Directory directory = new MMapDirectory(folder)) {
      index(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        DotForm form = new DotForm(1, 0, 0, new double[][] {new double[RANK]});
        for (Optional<DotForm> linear : List.of(Optional.<DotForm>empty(), Optional.of(form))) {
          NeuralRescorer rescorer = rescorer(linear);
          long few = bytes(rescorer, searcher, 100);
          long many = bytes(rescorer, searcher, DOCS);
          assertTrue(
              many - few <= (long) HIT_BYTES * (DOCS - 100) + 4_096,
              linear + ": " + few + " bytes at 100 hits and " + many + " at " + DOCS);
        }
      }
    }
  }
}
