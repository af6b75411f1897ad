// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/**
 * A size that grows with the rows of a run and with nothing else: {@code base + perRow * rows}.
 * Sums and products that pass the largest long stay there, so that a size is never too small.
 *
 * @param base what every run takes, at least 0
 * @param perRow what each row adds, at least 0
 */
public record Linear(long base, long perRow) {
  /** Nothing. */
  public static final Linear ZERO = new Linear(0, 0);

  /** The same for any number of rows. */
  public static Linear constant(long base) {
    return new Linear(base, 0);
  }

  /** The sum. */
  public Linear plus(Linear other) {
    return new Linear(sum(base, other.base), sum(perRow, other.perRow));
  }

  /** The product with a number of at least 0. */
  public Linear times(long factor) {
    return new Linear(product(base, factor), product(perRow, factor));
  }

  /**
   * The value for so many rows.
   *
   * @param rows at least 0
   */
  public long at(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("a size expects at least 0 rows, got " + rows);
    }
    return sum(base, product(perRow, rows));
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long product(long a, long b) {
    return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
  }

  @Override
  public String toString() {
    return perRow == 0 ? Long.toString(base) : base + " + " + perRow + " * rows";
  }
}
