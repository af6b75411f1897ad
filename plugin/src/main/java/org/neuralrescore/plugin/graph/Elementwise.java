// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;

/** Shapes of operators that work element by element, with ONNX's broadcasting. */
final class Elementwise {
  private Elementwise() {}

  static Outcome same(Operation operation) {
    for (int i = 1; i < operation.inputs(); i++) {
      // Clip's bounds: ONNX Runtime takes scalars only.
      operation
          .input(i)
          .ifPresent(
              bound -> {
                if (bound.shape().rank() != 0) {
                  throw GraphRefusal.because("bounds expect scalars, got " + bound.shape());
                }
              });
    }
    return Outcome.of(operation.shape(0));
  }

  static Outcome broadcast(Operation operation) {
    Shape shape = broadcast(operation.shapes());
    Linear elements = shape.elements();
    int passes = Math.max(1, operation.inputs() - 1);
    return new Outcome(
        List.of(shape), elements.times(passes), passes == 1 ? Linear.ZERO : elements.times(2));
  }

  /** The others are stretched onto the first, which keeps its shape. */
  static Outcome ontoFirst(Operation operation) {
    Shape first = operation.shape(0);
    if (!broadcast(operation.shapes()).equals(first)) {
      throw GraphRefusal.because(
          "shape " + operation.shape(1) + " cannot be stretched onto " + first);
    }
    return Outcome.of(first);
  }

  static Outcome expand(Operation operation) {
    long[] sizes = operation.numbers(1).orElseThrow();
    return Outcome.of(broadcast(List.of(operation.shape(0), Shape.of(positive(sizes)))));
  }

  /** Sizes from a file, where {@link Shape#ROWS} is a number like any other. */
  static long[] positive(long... sizes) {
    for (long size : sizes) {
      if (size < 1) {
        throw GraphRefusal.because("sizes expect at least 1, got " + size);
      }
    }
    return sizes;
  }

  static Shape broadcast(List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
    long[] sizes = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis] = 1;
      for (Shape shape : shapes) {
        int own = axis - (rank - shape.rank());
        if (own >= 0) {
          sizes[axis] = both(sizes[axis], shape.size(own), shapes);
        }
      }
    }
    return Shape.of(sizes);
  }

  private static long both(long a, long b, List<Shape> shapes) {
    if (a == b || b == 1) {
      return a;
    }
    if (a == 1) {
      return b;
    }
    throw GraphRefusal.because("shapes " + shapes + " do not go together");
  }
}
