// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Shapes of operators that read along axes. */
final class Reductions {
  private Reductions() {}

  static Outcome reduce(Operation operation) {
    Shape shape = operation.shape(0);
    Optional<boolean[]> read = gone(operation);
    if (read.isEmpty()) {
      return Outcome.of(shape);
    }
    boolean[] gone = read.get();
    boolean keep = operation.flag("keepdims", true);
    long[] sizes = new long[shape.rank()];
    int left = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (gone[axis] && axis == shape.rowsAxis()) {
        operation.acrossRows();
      }
      if (!gone[axis] || keep) {
        sizes[left++] = gone[axis] ? 1 : shape.size(axis);
      }
    }
    return Outcome.reading(shape, Shape.of(Arrays.copyOf(sizes, left)));
  }

  /** Which axes are read along; empty where the operation does nothing. */
  static Optional<boolean[]> gone(Operation operation) {
    long[] given =
        operation.wholes("axes").or(() -> operation.numbers(1)).orElseGet(() -> new long[0]);
    if (given.length == 0 && operation.flag("noop_with_empty_axes", false)) {
      return Optional.empty();
    }
    boolean[] gone = new boolean[operation.shape(0).rank()];
    for (long axis : given) {
      gone[once(gone, axis)] = true;
    }
    if (given.length == 0) {
      Arrays.fill(gone, true);
    }
    return Optional.of(gone);
  }

  private static int once(boolean[] taken, long axis) {
    int at = Operation.axis(axis, taken.length);
    if (taken[at]) {
      throw GraphRefusal.because("axis " + axis + " comes twice");
    }
    return at;
  }

  /** Softmax and its like: the shape stays, one axis is read along. */
  static Outcome alongAxis(Operation operation) {
    Shape shape = operation.shape(0);
    if (Operation.axis(operation.whole("axis", -1), shape.rank()) == shape.rowsAxis()) {
      operation.acrossRows();
    }
    long norm = operation.whole("p", 2);
    if (norm != 1 && norm != 2) {
      throw GraphRefusal.because("attribute [p] expects 1 or 2, got " + norm);
    }
    return Outcome.reading(shape, shape);
  }

  static Outcome layerNorm(Operation operation) {
    Shape shape = operation.shape(0);
    int axis = Operation.axis(operation.whole("axis", -1), shape.rank());
    if (operation.whole("stash_type", 1) != 1) {
      throw GraphRefusal.because("attribute [stash_type] expects 1, float32");
    }
    if (shape.rowsAxis() >= axis) {
      operation.acrossRows();
    }
    Shape normal = Shape.of(Arrays.copyOfRange(shape.sizes(), axis, shape.rank()));
    for (int i = 1; i < operation.inputs(); i++) {
      operation
          .input(i)
          .ifPresent(
              scale -> {
                if (!scale.shape().equals(normal)) {
                  throw GraphRefusal.because(
                      "scale and bias expect a shape of " + normal + ", got " + scale.shape());
                }
              });
    }
    return Outcome.reading(shape, shape);
  }

  static Outcome batchNorm(Operation operation) {
    Shape shape = operation.shape(0);
    if (operation.flag("training_mode", false)) {
      throw GraphRefusal.because("statistics of the batch: export the model for inference");
    }
    if (shape.rank() < 2 || shape.size(1) == Shape.ROWS) {
      throw GraphRefusal.because("the features are expected in axis 1, got a shape of " + shape);
    }
    Shape channels = Shape.of(shape.size(1));
    List<Shape> all = operation.shapes();
    for (Shape statistic : all.subList(1, all.size())) {
      if (!statistic.equals(channels)) {
        throw GraphRefusal.because(
            "statistics expect a shape of " + channels + ", got " + statistic);
      }
    }
    return Outcome.reading(shape, shape);
  }
}
