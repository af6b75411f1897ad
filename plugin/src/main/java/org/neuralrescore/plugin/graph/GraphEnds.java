// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;
import java.util.Set;

/** Compares what a graph says of its inputs and outputs with what it is fed and must give. */
final class GraphEnds {
  private GraphEnds() {}

  static void check(Graph graph, Signature signature) {
    names("inputs", signature.inputs().keySet(), graph.inputs().keySet());
    names("outputs", Set.of(signature.output()), graph.outputs().keySet());
    signature
        .inputs()
        .forEach((name, shape) -> shape("input", name, graph.inputs().get(name), List.of(shape)));
    shape(
        "output",
        signature.output(),
        graph.outputs().get(signature.output()),
        signature.outputShapes());
  }

  private static void names(String side, Set<String> expected, Set<String> actual) {
    if (!expected.equals(actual)) {
      throw GraphRefusal.because(
          "its "
              + side
              + " expect the manifest's names "
              + expected.stream().sorted().toList()
              + ", got "
              + actual.stream().sorted().toList());
    }
  }

  private static void shape(
      String side, String name, Graph.Declared declared, List<Shape> expected) {
    if (declared.type() != ElementType.FLOAT
        || expected.stream().noneMatch(shape -> fits(shape, declared.sizes()))) {
      throw GraphRefusal.because(
          "its "
              + side
              + " ["
              + name
              + "] expects float32 of shape "
              + (expected.size() == 1 ? expected.get(0) : "one of " + expected)
              + ", got "
              + declared.type()
              + " of shape "
              + text(declared.sizes()));
    }
  }

  private static String text(List<Long> sizes) {
    return sizes.stream()
        .map(size -> size == Shape.ROWS ? "any" : size.toString())
        .toList()
        .toString();
  }

  /** A size without a number fits anything; a number where the rows belong fits one window only. */
  private static boolean fits(Shape shape, List<Long> sizes) {
    boolean fits = shape.rank() == sizes.size();
    for (int axis = 0; fits && axis < sizes.size(); axis++) {
      fits = sizes.get(axis) == Shape.ROWS || sizes.get(axis) == shape.size(axis);
    }
    return fits;
  }
}
