// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.HashSet;
import java.util.List;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.Limits;

/**
 * Something known of a request beside its user, one-hot over the values that the scorer knows, the
 * same for all items of a run: one input of the scorer's graph of the shape {@code [1, width]}. An
 * absent value and one that is not here are a row of zeros.
 *
 * @param name of the input
 * @param column what a request calls it, such as {@code country}
 * @param values each once, at least one, in the order of the row
 */
public record ContextColumn(String name, String column, List<String> values) {
  /** The most values: the widest input of a scorer. */
  public static final int MAX_VALUES = Limits.WIDTH;

  /** The most characters of a column's name. */
  public static final int MAX_COLUMN = InputSource.Context.MAX_COLUMN;

  /** The most characters of a value. */
  public static final int MAX_VALUE = InputSource.Context.MAX_VALUE;

  public ContextColumn {
    values = List.copyOf(values);
    if (name.isEmpty() || values.isEmpty() || values.size() > MAX_VALUES) {
      throw new IllegalArgumentException(
          "a context column expects a name and 1 to "
              + MAX_VALUES
              + " values, got ["
              + name
              + "] of "
              + values.size());
    }
    if (column.isEmpty() || column.length() > MAX_COLUMN) {
      throw new IllegalArgumentException(
          "context input ["
              + name
              + "] expects a column of 1 to "
              + MAX_COLUMN
              + " characters, got "
              + column.length());
    }
    if (new HashSet<>(values).size() != values.size()) {
      throw new IllegalArgumentException("context column [" + column + "] has a value twice");
    }
  }

  /** The number of values. */
  public int width() {
    return values.size();
  }
}
