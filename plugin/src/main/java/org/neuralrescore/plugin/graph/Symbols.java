// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A tensor of a run of one row, each element as a sum of columns.
 *
 * @param shape its {@link Shape#ROWS} are one row
 * @param elements row-major
 */
record Symbols(Shape shape, List<Polynomial> elements) {
  Symbols {
    elements = List.copyOf(elements);
  }

  static Symbols of(Shape shape, IntFunction<Polynomial> element) {
    return new Symbols(
        shape, IntStream.range(0, Math.toIntExact(count(shape))).mapToObj(element).toList());
  }

  /** How many elements a run of one row has. */
  static long count(Shape shape) {
    return shape.product(0, shape.rank());
  }

  /** The element that meets one of a larger tensor, by ONNX's broadcasting. */
  Polynomial stretched(Shape onto, int place) {
    int own = 0;
    int step = 1;
    int left = place;
    for (int axis = onto.rank() - 1; axis >= 0; axis--) {
      int size = size(onto, axis);
      int mine = axis - (onto.rank() - shape.rank());
      if (mine >= 0 && size(shape, mine) > 1) {
        own += step * (left % size);
        step *= size(shape, mine);
      }
      left /= size;
    }
    return elements.get(own);
  }

  /** With its axes in another order. */
  Symbols transposed(Shape to, long... order) {
    List<Polynomial> moved = new ArrayList<>();
    for (int place = 0; place < elements.size(); place++) {
      int[] at = new int[order.length];
      int left = place;
      for (int axis = order.length - 1; axis >= 0; axis--) {
        at[(int) order[axis]] = left % size(to, axis);
        left /= size(to, axis);
      }
      int from = 0;
      for (int axis = 0; axis < at.length; axis++) {
        from = from * size(shape, axis) + at[axis];
      }
      moved.add(elements.get(from));
    }
    return new Symbols(to, moved);
  }

  /** Summed along the axes that are given. */
  Symbols summed(Shape to, boolean... gone) {
    Polynomial.Sum[] sums = new Polynomial.Sum[Math.toIntExact(count(to))];
    Arrays.setAll(sums, i -> new Polynomial.Sum());
    for (int place = 0; place < elements.size(); place++) {
      int into = 0;
      int step = 1;
      int left = place;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        int size = size(shape, axis);
        if (!gone[axis]) {
          into += step * (left % size);
          step *= size;
        }
        left /= size;
      }
      sums[into].add(elements.get(place));
    }
    return of(to, i -> sums[i].value());
  }

  private static int size(Shape shape, int axis) {
    return (int) Math.max(1, shape.size(axis));
  }
}
