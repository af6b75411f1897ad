package org.neuralrescore.plugin.onnx;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.GraphCheck;
import org.neuralrescore.plugin.graph.GraphLimits;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;
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
  private static final int RANK = 64;

  /** Hits of the window. */
  @Param({"1000", "10000"})
  public int hits;

  /** Rows a run; 0 as many as a node takes, and the largest are all of the window. */
  @Param({"0", "1048576"})
  public int rows;

  private ScheduledExecutorService timer;
  private OnnxScorer scorer;
  private FeatureBatch batch;

  /** Opens the graph. */
  @Setup
  public void setUp() {
    ScorerSpec spec =
        new ScorerSpec(
            "scorer.onnx",
            List.of(
                new InputSource.UserVector("user", RANK),
                new InputSource.ItemVector("items", RANK, "f")),
            "score",
            ScoreTransform.SOFTPLUS);
    Random random = new Random(1);
    byte[] bytes =
        ScorerGraph.export(
            new ScorerWeights(
                RANK,
                1,
                0,
                List.of(layer(random, 3 * RANK, 64), layer(random, 64, 32), layer(random, 32, 1))),
            "benchmark");
    CheckedGraph graph =
        GraphCheck.check(
            "scorer.onnx",
            bytes,
            Signatures.of(spec),
            new GraphLimits(
                Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Chunks.LEAST));
    RunTerms terms = new RunTerms(watch(), MemoryAccount.UNBOUNDED);
    scorer =
        rows == 0
            ? OnnxScorer.open(spec, graph, terms)
            : OnnxScorer.open(spec, graph, terms, new Chunks(rows));
    batch = new BatchPool(new BatchLayout(RANK, RANK)).take(hits);
    for (int i = 0; i < RANK; i++) {
      batch.user().put(i, random.nextFloat());
    }
    for (int i = 0; i < RANK * hits; i++) {
      batch.input(0).put(i, random.nextFloat());
    }
  }

  /** A watch that looks as a node's does. */
  @SuppressWarnings("FutureReturnValueIgnored") // A look that is not taken any more is no failure.
  private RunWatch watch() {
    timer = Executors.newSingleThreadScheduledExecutor();
    return new RunWatch((millis, task) -> timer.schedule(task, millis, TimeUnit.MILLISECONDS));
  }

  private static Layer layer(Random random, int in, int out) {
    float[] weights = new float[in * out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    return new Layer(in, out, weights, new float[out]);
  }

  @TearDown
  public void tearDown() {
    scorer.close();
    timer.shutdownNow();
  }

  /** A window. */
  @Benchmark
  public float window() {
    scorer.score(batch, Cancellation.NEVER);
    return batch.outputs().get(0);
  }
}
