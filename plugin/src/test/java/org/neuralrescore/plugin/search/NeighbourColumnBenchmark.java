// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.index.fielddata.IndexFieldData;
import org.elasticsearch.index.mapper.BinaryFieldMapper;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.NeighbourList;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Feature;
import org.neuralrescore.plugin.lucene.NeuralRescorer;
import org.neuralrescore.plugin.lucene.TouchedItems;
import org.neuralrescore.plugin.lucene.VectorColumn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A window of 1,000 hits of 4,000 gathered and sorted, without its network: 64 factors a hit, and
 * the same with 50 neighbours a hit against a history of 100 items, in turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NeighbourColumnBenchmark {
  private static final int ITEMS = 20_000;
  private static final int DOCS = 4_000;
  private static final int RANK = 64;
  private static final int HITS = 1_000;
  private static final String FACTORS = "factors";
  private static final String NEIGHBOURS = "neighbours";

  private Path folder;
  private Directory directory;
  private IndexReader reader;
  private IndexSearcher searcher;
  private NeuralRescorer without;
  private NeuralRescorer with;
  private TopDocs firstPass;

  private static NeighbourList list(SplittableRandom random, int pairs) {
    int[] ordinals = random.ints(0, ITEMS).distinct().limit(pairs).sorted().toArray();
    float[] weights = new float[pairs];
    for (int i = 0; i < pairs; i++) {
      weights[i] = random.nextFloat();
    }
    return NeighbourList.of(ordinals, weights);
  }

  /** An index on disk, in one segment, and a first pass over it. */
  @Setup
  public void setUp() throws IOException {
    // Elasticsearch's formats, which Lucene finds beside its own, log when they are loaded.
    LogConfigurator.configureESLogging();
    SplittableRandom random = new SplittableRandom(5);
    folder = Files.createTempDirectory("neighbours");
    directory = new MMapDirectory(folder);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int item = 0; item < DOCS; item++) {
        Document document = new Document();
        float[] vector = new float[RANK];
        for (int f = 0; f < RANK; f++) {
          vector[f] = random.nextFloat();
        }
        document.add(new KnnFloatVectorField(FACTORS, vector));
        document.add(
            new BinaryFieldMapper.CustomBinaryDocValuesField(NEIGHBOURS, list(random, 50).write()));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    ScoreDoc[] hits = new ScoreDoc[HITS];
    int[] docs = random.ints(0, DOCS).distinct().limit(HITS).toArray();
    for (int i = 0; i < HITS; i++) {
      hits[i] = new ScoreDoc(docs[i], HITS - i);
    }
    firstPass = new TopDocs(new TotalHits(HITS, TotalHits.Relation.EQUAL_TO), hits);
    TouchedItems touched = new TouchedItems(list(random, 100));
    without = rescorer(Optional.empty());
    with = rescorer(Optional.of(touched));
  }

  /** The field's own, of either line; a {@code binary} field asks nothing of where it is used. */
  private static IndexFieldData<?> data() {
    return new BinaryFieldMapper.BinaryFieldType(NEIGHBOURS)
        .fielddataBuilder(null)
        .build(null, null);
  }

  private static NeuralRescorer rescorer(Optional<TouchedItems> touched) {
    List<Feature> features = new ArrayList<>();
    features.add(new Feature.Stored(FACTORS, new VectorColumn(FACTORS, RANK), RANK, 0));
    BatchLayout layout = new BatchLayout(RANK, RANK);
    if (touched.isPresent()) {
      NeighbourColumn column = new NeighbourColumn(NEIGHBOURS, data(), touched.get(), 3);
      features.add(new Feature.Stored("wide", column, 3, 0));
      layout = new BatchLayout(RANK, RANK, 3);
    }
    return NeuralRescorer.builder(
            (batch, cancellation) -> {
              int last = batch.layout().inputs() - 1;
              int width = batch.layout().width(last);
              for (int row = 0; row < batch.rows(); row++) {
                batch.outputs().put(row, batch.input(last).get(row * width));
              }
            },
            new BatchPool(layout))
        .features(features)
        .user(FloatVector.of(new float[RANK]))
        .window(HITS)
        .build();
  }

  /** Deletes the index. */
  @TearDown
  public void tearDown() throws IOException {
    IOUtils.close(reader, directory);
    IOUtils.rm(folder);
  }

  /** A window without the history, and one with it. */
  @Benchmark
  public TopDocs turns(Turns turns) throws IOException {
    long start = System.nanoTime();
    TopDocs first = without.rescore(searcher, firstPass, HITS);
    long between = System.nanoTime();
    TopDocs second = with.rescore(searcher, firstPass, HITS);
    turns.add(between - start, System.nanoTime() - between);
    return first.scoreDocs.length > second.scoreDocs.length ? first : second;
  }
}
