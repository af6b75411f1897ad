// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Shapes of operators that change axes and no value. The rows stay an axis of their own. */
final class Axes {
  private Axes() {}

  static Outcome transpose(Operation operation) {
    Shape shape = operation.shape(0);
    int rank = shape.rank();
    long[] order =
        operation
            .wholes("perm")
            .orElseGet(() -> IntStream.range(0, rank).mapToLong(i -> rank - 1L - i).toArray());
    if (!Arrays.equals(
        LongStream.of(order).sorted().toArray(), LongStream.range(0, rank).toArray())) {
      throw GraphRefusal.because(
          "attribute [perm] expects every axis of "
              + rank
              + " once, got "
              + Arrays.toString(order));
    }
    return Outcome.of(Shape.of(LongStream.of(order).map(axis -> shape.size((int) axis)).toArray()));
  }

  static Outcome flatten(Operation operation) {
    Shape shape = operation.shape(0);
    long given = operation.whole("axis", 1);
    int axis = given == shape.rank() ? shape.rank() : Operation.axis(given, shape.rank());
    return Outcome.of(kept(shape, side(shape, 0, axis), side(shape, axis, shape.rank())));
  }

  private static long side(Shape shape, int from, int to) {
    boolean rows = shape.rowsAxis() >= from && shape.rowsAxis() < to;
    return rows ? Shape.ROWS : shape.product(from, to);
  }

  static Outcome reshape(Operation operation) {
    Shape shape = operation.shape(0);
    long[] sizes = operation.numbers(1).orElseThrow();
    if (operation.flag("allowzero", false)) {
      throw GraphRefusal.because("attribute [allowzero] expects 0: no tensor is empty");
    }
    int open = -1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == 0 && axis < shape.rank()) {
        sizes[axis] = shape.size(axis);
      } else if (sizes[axis] == -1 && open < 0) {
        open = axis;
      } else if (sizes[axis] < 1) {
        throw GraphRefusal.because("a shape of " + Arrays.toString(sizes));
      }
    }
    if (open >= 0) {
      sizes[open] = rest(shape, sizes, open);
    }
    return Outcome.of(kept(shape, sizes));
  }

  private static long rest(Shape shape, long[] sizes, int open) {
    sizes[open] = 1;
    Shape others = Shape.of(sizes);
    if (shape.hasRows() && !others.hasRows()) {
      return Shape.ROWS;
    }
    return Math.max(1, shape.product(0, shape.rank()) / others.product(0, others.rank()));
  }

  static Outcome squeeze(Operation operation) {
    Shape shape = operation.shape(0);
    boolean[] gone = new boolean[shape.rank()];
    long[] axes = operation.numbers(1).orElseGet(() -> axesOfOne(shape));
    for (long axis : axes) {
      int at = Operation.axis(axis, shape.rank());
      if (shape.size(at) != 1) {
        throw GraphRefusal.because("axis " + axis + " of " + shape + " is not of size 1");
      }
      gone[at] = true;
    }
    return Outcome.of(
        Shape.of(
            IntStream.range(0, shape.rank())
                .filter(axis -> !gone[axis])
                .mapToLong(shape::size)
                .toArray()));
  }

  private static long[] axesOfOne(Shape shape) {
    if (shape.hasRows()) {
      throw GraphRefusal.because("axes are expected: a run of one row would lose the rows' axis");
    }
    return LongStream.range(0, shape.rank()).filter(axis -> shape.size((int) axis) == 1).toArray();
  }

  static Outcome unsqueeze(Operation operation) {
    Shape shape = operation.shape(0);
    long[] axes = operation.numbers(1).orElseThrow();
    long[] sizes = new long[shape.rank() + axes.length];
    for (long axis : axes) {
      int at = Operation.axis(axis, sizes.length);
      if (sizes[at] == 1) {
        throw GraphRefusal.because("axis " + axis + " comes twice");
      }
      sizes[at] = 1;
    }
    int next = 0;
    for (int at = 0; at < sizes.length; at++) {
      if (sizes[at] == 0) {
        sizes[at] = shape.size(next++);
      }
    }
    return Outcome.of(Shape.of(sizes));
  }

  /** A new shape of the same elements, in which row r is still row r. */
  private static Shape kept(Shape from, long... sizes) {
    Shape to = Shape.of(sizes);
    boolean fits = from.hasRows() == to.hasRows();
    if (fits && from.hasRows()) {
      int a = from.rowsAxis();
      int b = to.rowsAxis();
      fits =
          from.product(0, a) == to.product(0, b)
              && from.product(a, from.rank()) == to.product(b, to.rank());
    } else if (fits) {
      fits = from.elements().equals(to.elements());
    }
    if (!fits) {
      throw GraphRefusal.because(
          "shape "
              + from
              + " as "
              + to
              + ": as many elements are expected, and the rows as an axis");
    }
    return to;
  }
}
