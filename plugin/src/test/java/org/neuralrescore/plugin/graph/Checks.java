// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.bundle.TinyGraph;

/** Checks graphs with the signatures of the tests' models. */
final class Checks {
  static final GraphLimits LIMITS =
      new GraphLimits(1L << 28, 1L << 30, 1L << 26, 1L << 30, 1L << 29, 256);

  private Checks() {}

  static CheckedGraph scorer(byte[] bytes) {
    return scorer(bytes, SmallModel.RANK);
  }

  static CheckedGraph scorer(byte[] bytes, int rank) {
    Map<String, Shape> inputs =
        Map.of("user", Shape.of(1, rank), "items", Shape.of(Shape.ROWS, rank));
    List<Shape> outputs = List.of(Shape.of(Shape.ROWS, 1), Shape.of(Shape.ROWS));
    Signature signature = new Signature(inputs, "score", outputs, true);
    return GraphCheck.check("scorer.onnx", bytes, signature, LIMITS, () -> {});
  }

  static CheckedGraph encoder(byte[] bytes) {
    return encoder(bytes, SmallModel.RANK);
  }

  static CheckedGraph encoder(byte[] bytes, int rank) {
    return encoder(bytes, rank, LIMITS);
  }

  static CheckedGraph encoder(byte[] bytes, int rank, GraphLimits limits) {
    Map<String, Shape> inputs =
        Map.of("items", Shape.of(Shape.ROWS, rank), "weights", Shape.of(Shape.ROWS, 1));
    Signature signature = new Signature(inputs, "user", List.of(Shape.of(1, rank)), false);
    return GraphCheck.check("user-encoder.onnx", bytes, signature, limits, () -> {});
  }

  /** The graph is refused, and the one line says so. */
  static void assertRefused(String part, TinyGraph graph) {
    assertRefused(part, graph.bytes());
  }

  static void assertRefused(String part, byte[] bytes) {
    String message =
        assertThrows(InvalidBundleException.class, () -> scorer(bytes, 2), part).getMessage();
    assertTrue(
        message.startsWith("scorer.onnx ") && message.contains(part) && !message.contains("\n"),
        () -> "[" + part + "] in: " + message);
  }
}
