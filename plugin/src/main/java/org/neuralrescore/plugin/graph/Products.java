// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Shapes of matrix products. */
final class Products {
  private Products() {}

  static Outcome gemm(Operation operation) {
    Shape a = matrix(operation.shape(0), operation.flag("transA", false));
    Shape b = matrix(operation.shape(1), operation.flag("transB", false));
    Shape product = Shape.of(a.size(0), b.size(1));
    Linear steps = steps(operation, a.size(1), b.size(0), product);
    operation
        .input(2)
        .ifPresent(
            added -> {
              if (!Elementwise.broadcast(List.of(product, added.shape())).equals(product)) {
                throw GraphRefusal.because(
                    "shape " + added.shape() + " cannot be stretched onto " + product);
              }
            });
    return new Outcome(List.of(product), steps, Linear.ZERO);
  }

  private static Shape matrix(Shape shape, boolean transposed) {
    if (shape.rank() != 2) {
      throw GraphRefusal.because("a matrix is expected, got a shape of " + shape);
    }
    return transposed ? Shape.of(shape.size(1), shape.size(0)) : shape;
  }

  static Outcome matMul(Operation operation) {
    Shape left = operation.shape(0);
    Shape right = operation.shape(1);
    if (left.rank() == 0 || right.rank() == 0) {
      throw GraphRefusal.because("a product of a scalar: use Mul");
    }
    Shape a = left.rank() == 1 ? Shape.of(1, left.size(0)) : left;
    Shape b = right.rank() == 1 ? Shape.of(right.size(0), 1) : right;
    Shape batch = Elementwise.broadcast(List.of(outer(a), outer(b)));
    List<Long> sizes = new ArrayList<>();
    LongStream.of(batch.sizes()).forEach(sizes::add);
    sizes.add(a.size(a.rank() - 2));
    sizes.add(b.size(b.rank() - 1));
    Linear steps = steps(operation, a.size(a.rank() - 1), b.size(b.rank() - 2), shape(sizes));
    if (right.rank() == 1) {
      sizes.remove(batch.rank() + 1);
    }
    if (left.rank() == 1) {
      sizes.remove(batch.rank());
    }
    return new Outcome(List.of(shape(sizes)), steps, Linear.ZERO);
  }

  private static Shape shape(List<Long> sizes) {
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  private static Shape outer(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.sizes(), shape.rank() - 2));
  }

  /** One a multiplication. */
  private static Linear steps(Operation operation, long width, long height, Shape product) {
    if (width != height) {
      throw GraphRefusal.because(
          "a product over axes of "
              + (width == Shape.ROWS ? "rows" : width)
              + " and "
              + (height == Shape.ROWS ? "rows" : height));
    }
    if (width != Shape.ROWS) {
      return product.elements().times(width);
    }
    operation.acrossRows();
    if (product.hasRows()) {
      throw GraphRefusal.because(
          "work of rows x rows: a run's work must grow with the rows, not with their square");
    }
    return new Linear(0, product.elements().base());
  }
}
