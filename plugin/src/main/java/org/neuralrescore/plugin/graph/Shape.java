// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A tensor's shape as it is known before a run: each size is a number of at least 1, or {@link
 * #ROWS}, the rows of the run. At most one is the rows, so no tensor is rows x rows.
 */
public final class Shape {
  /** The size that is not known before the run. */
  public static final long ROWS = -1;

  private static final int MAX_RANK = 8;
  private static final long MAX_SIZE = 1L << 31;

  private final long[] sizes;

  private Shape(long[] sizes) {
    this.sizes = sizes;
  }

  /** A shape of these sizes; copied. */
  public static Shape of(long... sizes) {
    if (sizes.length > MAX_RANK) {
      throw GraphRefusal.because(
          "a tensor of " + sizes.length + " axes, at most " + MAX_RANK + " are taken");
    }
    int rows = 0;
    for (long size : sizes) {
      if (size == ROWS) {
        rows++;
      } else if (size < 1 || size > MAX_SIZE) {
        throw GraphRefusal.because(
            "sizes expect 1 to " + MAX_SIZE + ", got a shape of " + Arrays.toString(sizes));
      }
    }
    if (rows > 1) {
      throw GraphRefusal.because(
          "a tensor of rows x rows: a run's size must grow with the rows, not with their square");
    }
    return new Shape(sizes.clone());
  }

  /** The number of axes. */
  int rank() {
    return sizes.length;
  }

  /** The size of an axis, or {@link #ROWS}. */
  long size(int axis) {
    return sizes[axis];
  }

  /** Sizes in order. */
  long[] sizes() {
    return sizes.clone();
  }

  /** The axis of the rows, or -1 where there is none. */
  int rowsAxis() {
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == ROWS) {
        return axis;
      }
    }
    return -1;
  }

  boolean hasRows() {
    return rowsAxis() >= 0;
  }

  /** The product of the sizes from an axis to another, the rows counted as 1. */
  long product(int from, int to) {
    Linear product = Linear.constant(1);
    for (int axis = from; axis < to; axis++) {
      if (sizes[axis] != ROWS) {
        product = product.times(sizes[axis]);
      }
    }
    return product.base();
  }

  /** How many elements there are. */
  Linear elements() {
    long product = product(0, sizes.length);
    return hasRows() ? new Linear(0, product) : Linear.constant(product);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(size -> size == ROWS ? "rows" : Long.toString(size))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
