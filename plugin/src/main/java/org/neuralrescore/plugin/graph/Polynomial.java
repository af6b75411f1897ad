// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sum of numbers times at most one column that is fed once and at most one of the row's.
 *
 * @param terms factor by columns; none is 0
 */
record Polynomial(Map<Columns, Double> terms) {
  static final Polynomial ZERO = new Polynomial(Map.of());

  /** What a factor stands beside: nothing, a column that is fed once, one of the row, or both. */
  record Columns(Optional<BilinearOutput.Column> once, Optional<BilinearOutput.Column> row) {
    static final Columns NONE = new Columns(Optional.empty(), Optional.empty());

    private Columns times(Columns other) {
      boolean square =
          (once.isPresent() && other.once.isPresent())
              || (row.isPresent() && other.row.isPresent());
      if (square) {
        throw new NotBilinear();
      }
      return new Columns(once.or(() -> other.once), row.or(() -> other.row));
    }
  }

  /** What is worked out is no such sum, or too long for one. Does not leave this package. */
  static final class NotBilinear extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotBilinear() {
      super("not bilinear", null, false, false);
    }
  }

  static Polynomial of(Columns columns, double factor) {
    if (!Double.isFinite(factor)) {
      throw new NotBilinear();
    }
    return factor == 0 ? ZERO : new Polynomial(Map.of(columns, factor));
  }

  static Polynomial of(double number) {
    return of(Columns.NONE, number);
  }

  Polynomial times(double number) {
    return times(of(number));
  }

  Polynomial times(Polynomial other) {
    Sum sum = new Sum();
    terms.forEach(
        (a, factor) -> other.terms.forEach((b, times) -> sum.add(a.times(b), factor * times)));
    return sum.value();
  }

  int size() {
    return terms.size();
  }

  /** A sum that grows. */
  static final class Sum {
    private final Map<Columns, Double> terms = new HashMap<>();

    void add(Polynomial polynomial) {
      polynomial.terms.forEach(this::add);
    }

    private void add(Columns columns, double factor) {
      terms.merge(columns, factor, Double::sum);
    }

    Polynomial value() {
      terms.values().removeIf(factor -> factor == 0);
      if (!terms.values().stream().allMatch(Double::isFinite)) {
        throw new NotBilinear();
      }
      return terms.isEmpty() ? ZERO : new Polynomial(terms);
    }
  }
}
