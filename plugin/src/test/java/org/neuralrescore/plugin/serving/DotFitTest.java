// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.GraphCheck;
import org.neuralrescore.plugin.graph.GraphLimits;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.DotForm;
import org.neuralrescore.plugin.lucene.DotProduct;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.onnx.OnnxScorer;
import org.neuralrescore.plugin.onnx.Signatures;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.ScorerWeights;

/** The graph is the oracle: a form is what it gives, and a graph that bends has none. */
class DotFitTest {
  private static final GraphLimits ANY =
      new GraphLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1);

  private static ScorerSpec spec(int rank, InputSource... more) {
    List<InputSource> inputs = new ArrayList<>();
    inputs.add(new InputSource.UserVector("user", rank));
    inputs.add(new InputSource.ItemVector("items", rank, "f"));
    inputs.addAll(List.of(more));
    return new ScorerSpec("scorer.onnx", inputs, "score", ScoreTransform.IDENTITY);
  }

  private static OnnxScorer open(ScorerSpec spec, byte[] graph) {
    CheckedGraph checked =
        GraphCheck.check("scorer.onnx", graph, Signatures.of(spec), ANY, () -> {});
    return OnnxScorer.open(spec, checked, Hosts.free().terms());
  }

  private static BatchPool pool(ScorerSpec spec) {
    return new BatchPool(
        new BatchLayout(
            spec.user().width(), spec.rowInputs().stream().mapToInt(InputSource::width).toArray()));
  }

  private static Optional<DotForm> fit(ScorerSpec spec, byte[] graph) {
    try (OnnxScorer scorer = open(spec, graph)) {
      return DotFit.of(scorer, pool(spec), spec, Cancellation.NEVER);
    }
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
