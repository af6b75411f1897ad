// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.plugin.graph.BilinearOutput;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.GraphCheck;
import org.neuralrescore.plugin.graph.GraphLimits;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.BatchScorer;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.DotForm;
import org.neuralrescore.plugin.lucene.DotFormScorer;
import org.neuralrescore.plugin.lucene.DotProduct;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.plugin.onnx.OnnxScorer;
import org.neuralrescore.plugin.onnx.Signatures;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;

/** The graph is the oracle: a form is what it gives, and a graph that bends has none. */
class DotFitTest {
  private static final GraphLimits ANY =
      new GraphLimits(
          Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1);

  private static ScorerSpec spec(int rank, InputSource... more) {
    List<InputSource> inputs = new ArrayList<>();
    inputs.add(new InputSource.UserVector("user", rank));
    inputs.add(new InputSource.ItemVector("items", rank, "f"));
    inputs.addAll(List.of(more));
    return new ScorerSpec("scorer.onnx", inputs, "score", ScoreTransform.IDENTITY);
  }

  private static OnnxScorer open(ScorerSpec spec, byte[] graph) {
    return OnnxScorer.open(spec, check(spec, graph), Hosts.free().terms());
  }

  private static CheckedGraph check(ScorerSpec spec, byte[] graph) {
    return GraphCheck.check("scorer.onnx", graph, Signatures.of(spec), ANY, () -> {});
  }

  private static BatchPool pool(ScorerSpec spec) {
    return new BatchPool(
        new BatchLayout(
            spec.user().width(), spec.rowInputs().stream().mapToInt(InputSource::width).toArray()));
  }

  private static Optional<DotForm> fit(ScorerSpec spec, byte[] graph) {
    return fit(spec, graph, pool(spec), zeros(spec));
  }

  private static Optional<DotForm> fit(
      ScorerSpec spec, byte[] graph, BatchPool pool, ParityCases parity) {
    try (OnnxScorer scorer = open(spec, graph)) {
      Optional<BilinearOutput> output = check(spec, graph).bilinear();
      return DotCheck.form(scorer, output, pool, spec, parity, Cancellation.NEVER);
    }
  }

  /** A parity case of one row, all zeros but what is given of the inputs of one column. */
  private static ParityCases row(ScorerSpec spec, float number) {
    Map<String, FloatMatrix> inputs = new HashMap<>();
    for (InputSource input : spec.inputs()) {
      float[] values = new float[input.width()];
      if (values.length == 1) {
        values[0] = number;
      }
      inputs.put(input.name(), FloatMatrix.ofRows(List.of(FloatVector.of(values))));
    }
    return new ParityCases(
        1e-4f, List.of(new ParityCases.ScoreCase(inputs, FloatVector.of(0))), List.of());
  }

  private static ParityCases zeros(ScorerSpec spec) {
    return row(spec, 0);
  }

  private static TinyGraph dot() {
    return TinyGraph.scorer().floats("half", new long[0], 0.5f);
  }

  @Test
  void of_whatTheTrainerShips_isItsScaleAndBias() {
    for (int rank : new int[] {1, 2, 7, 64, 200}) {
      for (float scale : new float[] {1, 0.37f, -2.5f, 11}) {
        for (float bias : new float[] {0, -0.25f, 3.3f, -40}) {
          byte[] graph =
              ScorerGraph.export(new ScorerWeights(rank, scale, bias, List.of()), "test");
          DotForm form = fit(spec(rank), graph).orElseThrow();
          assertEquals(scale, form.dotScale(), 2e-7 * Math.abs(scale));
          assertEquals(bias, form.bias());
        }
      }
    }
  }

  @Test
  void of_whatTheTrainerShipsWithAWidePart_hasItsScale() {
    ScorerWeights weights =
        new ScorerWeights(16, 1.7f, -3.3f, 0.9f, List.of(), ScorerInputs.none().withWide());
    ScorerSpec spec = spec(16, new InputSource.ItemNeighbours("wide", 3, "n", "o"));
    DotForm form = fit(spec, ScorerGraph.export(weights, "test")).orElseThrow();
    FeatureBatch batch = pool(spec).take(1);
    batch.input(1).put(0, new float[] {2, 100, 100});
    assertEquals(1.7f, form.dotScale());
    assertEquals(-3.3f + 0.9f * 2, form.output(0, batch, 0), 1e-6);
  }

  @Test
  void of_aDotProductWrittenOtherwise_isFound() {
    byte[] graph =
        TinyGraph.ofOpset(17)
            .input("user", 1, 2)
            .input("items", TinyGraph.ROWS, 2)
            .output("score", TinyGraph.ROWS, 1)
            .longs("axis", 1)
            .node("Mul", "items user", "products")
            .node("ReduceSum", "products axis", "dot", "keepdims", 1)
            .node("Sum", "dot dot dot", "score")
            .bytes();
    assertEquals(3, fit(spec(2), graph).orElseThrow().dotScale());
  }

  @Test
  void of_aFormWithOtherInputs_hasTheirScales() {
    ScorerSpec spec =
        spec(
            2,
            new InputSource.DocValue("price", "price", 0),
            new InputSource.ItemNeighbours("wide", 3, "n", "o"));
    byte[] graph =
        TinyGraph.scorer()
            .input("price", TinyGraph.ROWS, 1)
            .input("wide", TinyGraph.ROWS, 3)
            .floats("scale", new long[] {3, 1}, 0.75f, 0, -2)
            .floats("tenth", new long[0], 0.1f)
            .node("MatMul", "wide scale", "w")
            .node("Mul", "price tenth", "p")
            .node("Add", "dot w", "dw")
            .node("Add", "dw p", "score")
            .bytes();
    DotForm form = fit(spec, graph).orElseThrow();
    try (OnnxScorer scorer = open(spec, graph)) {
      FeatureBatch batch = pool(spec).take(50);
      Random random = new Random(4);
      float[] user = {random.nextFloat(), random.nextFloat()};
      batch.user().put(0, user);
      for (int input = 0; input < 3; input++) {
        for (int i = 0; i < 50 * batch.layout().width(input); i++) {
          batch.input(input).put(i, random.nextFloat() * 9);
        }
      }
      scorer.score(batch, Cancellation.NEVER);
      for (int row = 0; row < 50; row++) {
        float[] item = new float[2];
        batch.input(0).get(row * 2, item);
        float dot = DotProduct.of(form.scaled(user), item);
        assertEquals(batch.outputs().get(row), form.output(dot, batch, row), 2e-5);
      }
    }
  }

  @Test
  void of_aGraphThatBends_isNone() {
    // Of these the bend is where no row of a test comes: 1e30 is nobody's factor.
    assertTrue(fit(spec(2), relu(0)).isEmpty());
    assertTrue(fit(spec(2), relu(1e30f)).isEmpty());
    assertTrue(fit(spec(2), dot().node("Max", "dot half", "score").bytes()).isEmpty());
  }

  /** The dot product, and what it has above a bend once more. */
  private static byte[] relu(float bend) {
    return TinyGraph.scorer()
        .floats("bend", new long[0], bend)
        .node("Sub", "dot bend", "above")
        .node("Relu", "above", "bent")
        .node("Add", "dot bent", "score")
        .bytes();
  }

  @Test
  void of_aPolynomialThatIsNoSuchForm_isNone() {
    TinyGraph square = dot().node("Mul", "dot dot", "d2").node("Mul", "d2 half", "score");
    assertTrue(fit(spec(2), square.bytes()).isEmpty());
    TinyGraph itemBias =
        dot()
            .floats("w", new long[] {2, 1}, 0.001f, 0)
            .node("MatMul", "items w", "ib")
            .node("Add", "dot ib", "score");
    assertTrue(fit(spec(2), itemBias.bytes()).isEmpty());
    // A dot product that weighs its factors: one scale does not do.
    TinyGraph weighted =
        TinyGraph.ofOpset(17)
            .input("user", 1, 2)
            .input("items", TinyGraph.ROWS, 2)
            .output("score", TinyGraph.ROWS, 1)
            .floats("w", new long[] {1, 2}, 1, 1.00002f)
            .node("Mul", "user w", "u")
            .node("Gemm", "items u", "score", "transB", 1);
    assertTrue(fit(spec(2), weighted.bytes()).isEmpty());
  }

  @Test
  void of_aUserOfAnotherWidthOrTwoVectors_isNone() {
    ScorerSpec two = spec(2, new InputSource.ItemVector("other", 2, "g"));
    byte[] graph =
        TinyGraph.scorer()
            .input("other", TinyGraph.ROWS, 2)
            .node("Gemm", "other user", "dot2", "transB", 1)
            .node("Add", "dot dot2", "score")
            .bytes();
    assertTrue(fit(two, graph).isEmpty());
  }

  /** The dot product and a date in milliseconds. */
  private static final ScorerSpec DATED = spec(2, new InputSource.DocValue("date", "date", 0));

  private static final float NOW = (float) 1.7e12;

  private static TinyGraph dated() {
    return TinyGraph.scorer()
        .input("date", TinyGraph.ROWS, 1)
        .floats("now", new long[0], NOW)
        .floats("rate", new long[0], (float) (1 / 1.2e11))
        .floats("one", new long[0], 1)
        .node("Sub", "date now", "age")
        .node("Mul", "age rate", "fresh");
  }

  private static float[] outputs(BatchScorer scorer, FeatureBatch batch) {
    scorer.score(batch, Cancellation.NEVER);
    float[] outputs = new float[batch.rows()];
    batch.outputs().get(0, outputs);
    return outputs;
  }

  @Test
  void of_aDate_isTheGraphAtDatesOfToday() {
    byte[] graph = dated().node("Add", "dot fresh", "score").bytes();
    DotForm form = fit(DATED, graph).orElseThrow();
    FeatureBatch batch = pool(DATED).take(40);
    batch.user().put(0, new float[] {0.5f, 0.25f});
    for (int row = 0; row < 40; row++) {
      batch.input(0).put(row * 2, new float[] {row / 40f, 1});
      batch.input(1).put(row, NOW + (row - 20) * 1e10f);
    }
    try (OnnxScorer scorer = open(DATED, graph)) {
      assertArrayEquals(outputs(scorer, batch), outputs(new DotFormScorer(form), batch), 1e-6f);
    }
  }

  @Test
  void of_aDateThatMultipliesOrIsSquared_isNone() {
    assertTrue(
        fit(
                DATED,
                dated().node("Add", "fresh one", "more").node("Mul", "dot more", "score").bytes())
            .isEmpty());
    assertTrue(
        fit(DATED, dated().node("Mul", "fresh fresh", "f2").node("Sub", "dot f2", "score").bytes())
            .isEmpty());
  }

  @Test
  void of_aGraphThatRoundsWhatTheFormDoesNot_isNone() {
    byte[] blurred =
        dot()
            .floats("large", new long[0], 1e6f)
            .node("Add", "dot large", "up")
            .node("Sub", "up large", "score")
            .bytes();
    assertTrue(fit(spec(2), blurred).isEmpty());
  }

  @Test
  void of_aGraphThatRoundsAtItsParityRowsAlone_isNone() {
    byte[] graph =
        dated()
            .floats("milli", new long[0], 1e-3f)
            .floats("past", new long[0], (float) 1.7e9)
            .node("Mul", "date milli", "seconds")
            .node("Add", "dot seconds", "sum")
            .node("Sub", "sum past", "score")
            .bytes();
    assertTrue(fit(DATED, graph).isPresent());
    assertTrue(fit(DATED, graph, pool(DATED), row(DATED, (float) 1.70000123e12)).isEmpty());
  }

  @Test
  void of_aWideVector_takesABatchOfFewRows() {
    AtomicLong most = new AtomicLong();
    MemoryAccount memory =
        new MemoryAccount() {
          private long held;

          @Override
          public void take(long bytes, String what) {
            held += bytes;
            most.accumulateAndGet(held, Math::max);
          }

          @Override
          public void giveBack(long bytes) {
            held -= bytes;
          }
        };
    ScorerSpec spec = spec(4_096);
    byte[] graph = ScorerGraph.export(new ScorerWeights(4_096, 1, 0, List.of()), "test");
    BatchPool pool = new BatchPool(new BatchLayout(4_096, 4_096), memory);
    assertTrue(fit(spec, graph, pool, zeros(spec)).isPresent());
    assertTrue(most.get() > 0 && most.get() < 2 << 20, most + " bytes");
  }

  @Test
  void of_aGraphThatTakesLong_isNotAsked() {
    TinyGraph graph = TinyGraph.scorer().zeros("into", 2, 64).zeros("w", 64, 64).longs("axis", 1);
    graph.node("MatMul", "items into", "h0");
    for (int i = 0; i < 200; i++) {
      graph.node("MatMul", "h" + i + " w", "h" + (i + 1));
    }
    graph
        .node("ReduceSum", "h200 axis", "nothing", "keepdims", 1)
        .node("Add", "dot nothing", "score");
    assertTrue(fit(spec(2), graph.bytes()).isEmpty());
  }
}
