// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shapes of operators that put tensors together or take parts of one, never along the rows. */
final class Parts {
  private Parts() {}

  static Outcome concat(Operation operation) {
    Shape first = operation.shape(0);
    int axis = Operation.axis(operation.whole("axis", 0), first.rank());
    long[] sizes = first.sizes();
    long sum = 0;
    for (Shape shape : operation.shapes()) {
      long[] own = shape.sizes();
      sum += fixed(shape, axis);
      own[axis] = sizes[axis];
      if (!Arrays.equals(own, sizes)) {
        throw GraphRefusal.because("shapes " + operation.shapes() + " do not go together");
      }
    }
    sizes[axis] = sum;
    return Outcome.of(Shape.of(sizes));
  }

  static Outcome split(Operation operation) {
    Shape shape = operation.shape(0);
    int axis = Operation.axis(operation.whole("axis", 0), shape.rank());
    long size = fixed(shape, axis);
    int count = operation.outputs();
    long even = (size + count - 1) / count;
    long[] parts =
        operation
            .numbers(1)
            .orElseGet(
                () -> {
                  long[] equal = new long[count];
                  Arrays.fill(equal, even);
                  equal[count - 1] = size - even * (count - 1);
                  return equal;
                });
    if (operation.whole("num_outputs", count) != count
        || parts.length != count
        || Arrays.stream(Elementwise.positive(parts)).sum() != size) {
      throw GraphRefusal.because(
          "parts " + Arrays.toString(parts) + " of an axis of " + size + " for " + count);
    }
    List<Shape> shapes = new ArrayList<>();
    for (long part : parts) {
      long[] sizes = shape.sizes();
      sizes[axis] = part;
      shapes.add(Shape.of(sizes));
    }
    return new Outcome(shapes, shape.elements(), Linear.ZERO);
  }

  static Outcome slice(Operation operation) {
    Shape shape = operation.shape(0);
    long[] starts = operation.numbers(1).orElseThrow();
    long[] ends = operation.numbers(2).orElseThrow();
    long[] axes = operation.numbers(3).orElseGet(() -> firsts(starts.length));
    long[] steps = operation.numbers(4).orElseGet(() -> ones(starts.length));
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw GraphRefusal.because("starts, ends, axes and steps of different lengths");
    }
    long[] sizes = shape.sizes();
    boolean[] taken = new boolean[shape.rank()];
    for (int i = 0; i < starts.length; i++) {
      int axis = Operation.axis(axes[i], shape.rank());
      long size = fixed(shape, axis);
      if (steps[i] < 1 || taken[axis]) {
        throw GraphRefusal.because("steps of at least 1 and every axis once are expected");
      }
      taken[axis] = true;
      long from = inside(starts[i], size);
      long to = inside(ends[i], size);
      if (from >= to) {
        throw GraphRefusal.because("an empty slice of axis " + axis);
      }
      sizes[axis] = (to - from - 1) / steps[i] + 1;
    }
    return Outcome.of(Shape.of(sizes));
  }

  private static long inside(long index, long size) {
    return Math.max(0, Math.min(size, index < 0 ? Math.max(index, -size) + size : index));
  }

  private static long[] firsts(int count) {
    long[] axes = new long[count];
    for (int i = 0; i < count; i++) {
      axes[i] = i;
    }
    return axes;
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  static Outcome gather(Operation operation) {
    Shape shape = operation.shape(0);
    int axis = Operation.axis(operation.whole("axis", 0), shape.rank());
    long size = fixed(shape, axis);
    Constant indices = operation.input(1).orElseThrow().known().orElseThrow();
    for (long index : indices.wholeNumbers()) {
      if (index < -size || index >= size) {
        throw GraphRefusal.because("index " + index + " of an axis of " + size);
      }
    }
    Shape chosen = indices.shape();
    long[] sizes = new long[shape.rank() - 1 + chosen.rank()];
    for (int i = 0; i < sizes.length; i++) {
      if (i < axis) {
        sizes[i] = shape.size(i);
      } else {
        int inner = i - axis;
        sizes[i] = inner < chosen.rank() ? chosen.size(inner) : shape.size(i - chosen.rank() + 1);
      }
    }
    return Outcome.of(Shape.of(sizes));
  }

  private static long fixed(Shape shape, int axis) {
    if (shape.size(axis) == Shape.ROWS) {
      throw GraphRefusal.because("parts are put together or taken along the rows");
    }
    return shape.size(axis);
  }
}
