// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;

/** The trainer's scorer of 64 factors and random weights, open as on a node, for benchmarks. */
public final class BenchmarkScorer implements AutoCloseable {
  /** Values of a user's and of an item's vector. */
  public static final int RANK = 64;

  /** Of its windows. */
  public static final BatchLayout LAYOUT = new BatchLayout(RANK, RANK);

  private static final ScorerSpec SPEC =
      new ScorerSpec(
          "scorer.onnx",
          List.of(
              new InputSource.UserVector(ScorerGraph.USER, RANK),
              new InputSource.ItemVector(ScorerGraph.ITEMS, RANK, "f")),
          ScorerGraph.SCORE,
          ScoreTransform.SOFTPLUS);

  private final CheckedGraph graph;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final OnnxScorer scorer;

  private BenchmarkScorer(List<Layer> layers, Optional<Chunks> chunks) {
    byte[] bytes = ScorerGraph.export(new ScorerWeights(RANK, 1, 0, layers), "benchmark");
    GraphLimits limits =
        new GraphLimits(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Chunks.LEAST);
    graph = GraphCheck.check("scorer.onnx", bytes, Signatures.of(SPEC), limits, () -> {});
    RunTerms terms = new RunTerms(watch(), MemoryAccount.UNBOUNDED);
    scorer = OnnxScorer.open(SPEC, graph, terms, chunks.orElseGet(() -> Chunks.of(graph.cost())));
  }

  /** A watch that looks as a node's does. */
  @SuppressWarnings("FutureReturnValueIgnored") // A look that is not taken any more is no failure.
  private RunWatch watch() {
    return new RunWatch((millis, task) -> timer.schedule(task, millis, TimeUnit.MILLISECONDS));
  }

  /** The dot product and hidden layers of 64 and 32. */
  public static BenchmarkScorer network() {
    return network(Optional.empty());
  }

  static BenchmarkScorer network(Optional<Chunks> chunks) {
    Random random = new Random(1);
    List<Layer> layers =
        List.of(layer(random, 3 * RANK, 64), layer(random, 64, 32), layer(random, 32, 1));
    return new BenchmarkScorer(layers, chunks);
  }

  /** The dot product alone. */
  public static BenchmarkScorer dot() {
    return new BenchmarkScorer(List.of(), Optional.empty());
  }

  private static Layer layer(Random random, int in, int out) {
    float[] weights = new float[in * out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (random.nextFloat() - 0.5f) / 4;
    }
    return new Layer(in, out, weights, new float[out]);
  }

  /** The scorer as a node runs it. */
  public OnnxScorer scorer() {
    return scorer;
  }

  /** ONNX Runtime alone over so many rows of random numbers; the caller closes it. */
  public Bare bare(int rows) throws OrtException {
    return new Bare(rows);
  }

  /** A run whose tensors are kept: what no window can be cheaper than. */
  public final class Bare implements AutoCloseable {
    private final OrtSession session = Sessions.open(graph);
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    private Bare(int rows) throws OrtException {
      FeatureBatch batch = new FeatureBatch(LAYOUT);
      batch.reset(rows);
      fill(batch, new Random(2));
      inputs =
          Map.of(
              ScorerGraph.USER,
              OnnxTensor.createTensor(Sessions.environment(), batch.user(), new long[] {1, RANK}),
              ScorerGraph.ITEMS,
              OnnxTensor.createTensor(
                  Sessions.environment(), batch.input(0), new long[] {rows, RANK}));
      outputs =
          Map.of(
              ScorerGraph.SCORE,
              OnnxTensor.createTensor(
                  Sessions.environment(), batch.outputs(), new long[] {rows, 1}));
    }

    /** Runs. */
    public void run() throws OrtException {
      session.run(inputs, Set.of(), outputs).close();
    }

    @Override
    public void close() throws OrtException {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
      session.close();
    }
  }

  static void fill(FeatureBatch batch, Random random) {
    for (int i = 0; i < RANK; i++) {
      batch.user().put(i, random.nextFloat());
    }
    for (int i = 0; i < RANK * batch.rows(); i++) {
      batch.input(0).put(i, random.nextFloat());
    }
  }

  @Override
  public void close() {
    scorer.close();
    timer.shutdownNow();
  }
}
