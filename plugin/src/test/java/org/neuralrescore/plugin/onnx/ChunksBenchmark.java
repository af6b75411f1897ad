// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;
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
 * A window through the trainer's scorer, hidden layers of 64 and 32, in the chunks that a node
 * takes and in one run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChunksBenchmark {
  /** Hits of the window. */
  @Param({"1000", "10000"})
  public int hits;

  /** Rows a run; 0 as many as a node takes, and the largest are all of the window. */
  @Param({"0", "1048576"})
  public int rows;

  private BenchmarkScorer opened;
  private FeatureBatch batch;

  /** Opens the graph. */
  @Setup
  public void setUp() {
    opened = BenchmarkScorer.network(rows == 0 ? Optional.empty() : Optional.of(new Chunks(rows)));
    batch = new BatchPool(BenchmarkScorer.LAYOUT).take(hits);
    BenchmarkScorer.fill(batch, new Random(1));
  }

  @TearDown
  public void tearDown() {
    opened.close();
  }

  /** A window. */
  @Benchmark
  public float window() {
    opened.scorer().score(batch, Cancellation.NEVER);
    return batch.outputs().get(0);
  }
}
