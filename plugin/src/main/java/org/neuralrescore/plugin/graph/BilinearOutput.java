// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;
import java.util.Optional;

/**
 * A row's output as a sum of terms, each a number times at most one value that is fed once and at
 * most one of the row's: what the graph computes for every input, but for rounding.
 *
 * @param terms no two of the same columns; a factor is finite, in double and not 0
 */
public record BilinearOutput(List<Term> terms) {
  public BilinearOutput {
    terms = List.copyOf(terms);
  }

  /**
   * One term.
   *
   * @param once of an input of one row a run
   * @param row of an input with a row a hit
   */
  public record Term(Optional<Column> once, Optional<Column> row, double factor) {}

  /** A column of an input, from 0. */
  public record Column(String input, int index) {}
}
