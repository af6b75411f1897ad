// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.TinyGraph;

/** What a graph computes, with letters: {@code user} has two, and so has a row of {@code items}. */
class BilinearWalkTest {
  private static Optional<Map<String, Double>> sum(TinyGraph graph) {
    return Checks.scorer(graph.bytes(), 2)
        .bilinear()
        .map(
            output -> {
              Map<String, Double> sum = new TreeMap<>();
              for (BilinearOutput.Term term : output.terms()) {
                sum.put(text(term.once()) + text(term.row()), term.factor());
              }
              return sum;
            });
  }

  private static String text(Optional<BilinearOutput.Column> column) {
    return column.map(at -> at.input().substring(0, 1) + at.index()).orElse("");
  }

  private static void assertSum(Map<String, Double> expected, TinyGraph graph) {
    assertEquals(Optional.of(expected), sum(graph));
  }

  private static TinyGraph ends() {
    return TinyGraph.ofOpset(17)
        .input("user", 1, 2)
        .input("items", TinyGraph.ROWS, 2)
        .output("score", TinyGraph.ROWS, 1)
        .longs("last", -1)
        .floats("pair", new long[] {2}, 2, 3)
        .floats("square", new long[] {2, 2}, 1, 2, 3, 4);
  }

  @Test
  void of_theDotProductInManyForms_isItsProducts() {
    Map<String, Double> dot = Map.of("u0i0", 1.0, "u1i1", 1.0);
    assertSum(dot, TinyGraph.scorer().node("Identity", "dot", "score"));
    assertSum(
        dot, ends().node("Transpose", "user", "column").node("MatMul", "items column", "score"));
    assertSum(
        dot,
        ends()
            .node("Transpose", "user", "column", "perm", new long[] {1, 0})
            .node("Gemm", "items column", "score"));
    assertSum(
        dot,
        ends()
            .node("Mul", "user items", "products")
            .node("ReduceSum", "products last", "sums", "keepdims", 0)
            .node("Unsqueeze", "sums last", "score"));
  }

  @Test
  void of_scalesAndBiases_multipliesAndAdds() {
    assertSum(
        Map.of("u0i0", -4.0, "u1i1", -6.0, "", 2.5),
        ends()
            .floats("bias", new long[] {1}, 5)
            .node("Mul", "items pair", "scaled")
            .node("Neg", "user", "minus")
            .node("Gemm", "scaled minus bias", "score", "transB", 1, "alpha", 2f, "beta", 0.5f));
    // [1 3] and [2 4] are the columns of what items are multiplied with.
    assertSum(
        Map.of("u0i0", 1.0, "u0i1", 3.0, "u1i0", 2.0, "u1i1", 4.0),
        ends().node("MatMul", "items square", "m").node("Gemm", "m user", "score", "transB", 1));
    assertSum(
        Map.of("u0i0", 1.0, "u0i1", 2.0, "u1i0", 3.0, "u1i1", 4.0),
        ends()
            .node("Gemm", "items square", "m", "transB", 1)
            .node("Gemm", "m user", "score", "transB", 1));
    assertSum(
        Map.of("i0", 2.0, "i1", 3.0),
        ends().node("Mul", "pair items", "m").node("ReduceSum", "m last", "score", "keepdims", 1));
  }

  @Test
  void of_whatCancels_isNotThere() {
    assertSum(
        Map.of("u0i0", 1.0, "u1i1", 1.0),
        TinyGraph.scorer()
            .node("Sub", "dot dot", "nothing")
            .node("Sum", "nothing dot nothing", "score"));
  }

  @Test
  void of_moreTermsThanAFormWouldHave_isEmpty() {
    TinyGraph graph =
        TinyGraph.ofOpset(17)
            .input("user", 1, 4_096)
            .input("items", TinyGraph.ROWS, 4_096)
            .output("score", TinyGraph.ROWS, 1)
            .longs("last", -1)
            .node("ReduceSum", "user last", "users", "keepdims", 1)
            .node("ReduceSum", "items last", "rows", "keepdims", 1)
            .node("Mul", "users rows", "score");
    assertEquals(Optional.empty(), Checks.scorer(graph.bytes(), 4_096).bilinear());
  }

  @Test
  void of_otherGraphs_isEmpty() {
    assertEquals(Optional.empty(), sum(TinyGraph.scorer().node("Mul", "dot dot", "score")));
    assertEquals(Optional.empty(), sum(TinyGraph.scorer().node("Relu", "dot", "score")));
    assertEquals(
        Optional.empty(),
        sum(
            ends()
                .node("Mul", "items items", "squares")
                .node("ReduceSum", "squares last", "score", "keepdims", 1)));
    assertEquals(
        Optional.empty(),
        sum(
            TinyGraph.scorer()
                .floats("large", new long[0], Float.POSITIVE_INFINITY)
                .node("Add", "dot large", "score")));
    assertEquals(
        Optional.empty(),
        sum(TinyGraph.scorer().node("Sigmoid", "dot", "s").node("Add", "dot s", "score")));
  }
}
