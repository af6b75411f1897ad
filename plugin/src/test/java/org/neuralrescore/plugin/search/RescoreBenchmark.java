// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.index.IndexVersion;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Combination;
import org.neuralrescore.plugin.lucene.DotForm;
import org.neuralrescore.plugin.lucene.Feature;
import org.neuralrescore.plugin.lucene.NeuralRescorer;
import org.neuralrescore.plugin.onnx.BenchmarkScorer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole window, from the first pass' hits to the rescored ones, beside ONNX Runtime's run of the
 * network alone: 64 factors, hidden layers of 64 and 32, or the dot product alone. The hits are
 * spread over an index of 8 segments.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RescoreBenchmark {
  private static final int RANK = BenchmarkScorer.RANK;

  /**
   * What scores: {@code network}, {@code dot}, or {@code dotGraph} by ONNX Runtime all the same.
   */
  @Param({"network", "dot", "dotGraph"})
  public String scorer;

  /** Hits of a window. */
  @Param("1000")
  public int hits;

  /** Whether the vectors are Lucene's, {@code index: true}, or binary doc values. */
  @Param("false")
  public boolean indexed;

  /** How many windows take turns: a few lie in the processor's caches, many do not. */
  @Param("4")
  public int windows;

  /** Documents of the index. */
  @Param("2000")
  public int docs;

  private Path folder;
  private Directory directory;
  private DirectoryReader reader;
  private IndexSearcher searcher;
  private TopDocs[] firstPasses;
  private BenchmarkScorer opened;
  private BenchmarkScorer network;
  private BenchmarkScorer.Bare bare;
  private NeuralRescorer rescorer;
  private int next;

  /** Writes the index and opens the scorer. */
  @Setup
  public void setUp() throws IOException, OrtException {
    folder = Files.createTempDirectory("rescore");
    directory = new MMapDirectory(folder);
    BenchmarkIndex.write(directory, docs, RANK, indexed);
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    SplittableRandom random = new SplittableRandom(99);
    firstPasses = new TopDocs[windows];
    for (int i = 0; i < windows; i++) {
      firstPasses[i] = BenchmarkIndex.firstPass(random, docs, hits);
    }
    opened = scorer.equals("network") ? BenchmarkScorer.network() : BenchmarkScorer.dot();
    network = BenchmarkScorer.network();
    bare = network.bare(hits);
    rescorer = rescorer(random);
  }

  private NeuralRescorer rescorer(SplittableRandom random) {
    float[] user = new float[RANK];
    for (int i = 0; i < RANK; i++) {
      user[i] = random.nextFloat();
    }
    DenseVectorColumn column =
        new DenseVectorColumn(BenchmarkIndex.FACTORS, RANK, IndexVersion.current());
    DotForm form = new DotForm(1, 0, 0, new double[][] {new double[RANK]});
    return NeuralRescorer.builder(opened.scorer(), new BatchPool(BenchmarkScorer.LAYOUT))
        .features(List.of(new Feature.Stored("items", column, RANK, 0)))
        .user(FloatVector.of(user))
        .combination(new Combination(1, ScoreTransform.SOFTPLUS))
        .linear(scorer.equals("dot") ? Optional.of(form) : Optional.empty())
        .window(hits)
        .build();
  }

  /** Closes all and deletes the index. */
  @TearDown
  public void tearDown() throws IOException, OrtException {
    bare.close();
    network.close();
    opened.close();
    IOUtils.close(reader, directory);
    IOUtils.rm(folder);
  }

  /** The run alone and then a window, in turn, so that what else the machine does meets both. */
  @Benchmark
  public TopDocs turns(Turns turns) throws IOException, OrtException {
    long start = System.nanoTime();
    bare.run();
    long between = System.nanoTime();
    next = next + 1 == windows ? 0 : next + 1;
    TopDocs rescored = rescorer.rescore(searcher, firstPasses[next], hits);
    turns.add(between - start, System.nanoTime() - between);
    return rescored;
  }
}
