// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.model.ContextColumn;

/**
 * What was known of a request beside its user, such as country, device or hour: a text by row and
 * column, or none. A row is an interaction of {@link Histories} or a case of an {@link
 * EvaluationSet}. Immutable; tables that were cut from one data set share its texts.
 */
public final class ContextTable {
  /** Without columns, for any number of rows. */
  public static final ContextTable NONE = new ContextTable(List.of(), List.of(), new int[0][]);

  /** The code of a row without a value. */
  static final int ABSENT = -1;

  private final List<String> columns;
  private final List<List<String>> values;
  private final int[][] codes;

  /**
   * @param columns names, each once
   * @param values by column, the different texts in the order of {@link String#compareTo}
   * @param codes by column, a place in its values for every row, or {@link #ABSENT}; not copied
   */
  ContextTable(List<String> columns, List<List<String>> values, int[][] codes) {
    if (values.size() != columns.size() || codes.length != columns.size()) {
      throw new IllegalArgumentException(
          "context expects values and codes for each of " + columns + ", got " + values.size());
    }
    for (int c = 0; c < codes.length; c++) {
      for (int code : codes[c]) {
        if (code < ABSENT || code >= values.get(c).size()) {
          throw new IllegalArgumentException(
              "context column [" + columns.get(c) + "] has no value " + code);
        }
      }
    }
    this.columns = List.copyOf(columns);
    this.values = values.stream().map(List::copyOf).toList();
    this.codes = codes;
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** Whether it fits so many rows. */
  public boolean fits(int rows) {
    return Arrays.stream(codes).allMatch(column -> column.length == rows);
  }

  /** The text of a row, empty where it has none. */
  public Optional<String> value(int column, int row) {
    int code = codes[column][row];
    return code == ABSENT ? Optional.empty() : Optional.of(values.get(column).get(code));
  }

  /** The column of a name. */
  OptionalInt column(String name) {
    int found = columns.indexOf(name);
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  /** The different texts of a column. */
  List<String> values(int column) {
    return values.get(column);
  }

  /** A row's place among the values of a column, or {@link #ABSENT}. */
  int code(int column, int row) {
    return codes[column][row];
  }

  /** These rows in this order. */
  public ContextTable select(int[] rows) {
    int[][] selected = new int[codes.length][rows.length];
    for (int c = 0; c < codes.length; c++) {
      for (int i = 0; i < rows.length; i++) {
        selected[c][i] = codes[c][rows[i]];
      }
    }
    return codes.length == 0 ? NONE : new ContextTable(columns, values, selected);
  }

  /** Rows of this one and of another one that was cut from the same data, behind each other. */
  ContextTable append(ContextTable other) {
    if (!other.columns.equals(columns) || !other.values.equals(values)) {
      throw new IllegalArgumentException(
          "context of " + columns + " expects rows of the same data, got " + other.columns);
    }
    int[][] both = new int[codes.length][];
    for (int c = 0; c < codes.length; c++) {
      both[c] = Arrays.copyOf(codes[c], codes[c].length + other.codes[c].length);
      System.arraycopy(other.codes[c], 0, both[c], codes[c].length, other.codes[c].length);
    }
    return codes.length == 0 ? NONE : new ContextTable(columns, values, both);
  }

  /**
   * The values that at least so many of these rows have, for a model to know. The others are to it
   * what an absent one is, and with rows that have one it learns what that means.
   *
   * @param minCount at least 1
   * @throws UserError of kind INPUT where a column has more of them than a model can read
   */
  public List<ContextColumn> vocabulary(int minCount) {
    List<ContextColumn> known = new ArrayList<>();
    for (int c = 0; c < codes.length; c++) {
      int[] counts = new int[values.get(c).size()];
      for (int code : codes[c]) {
        if (code != ABSENT) {
          counts[code]++;
        }
      }
      List<String> kept = new ArrayList<>();
      for (int code = 0; code < counts.length; code++) {
        if (counts[code] >= minCount) {
          kept.add(values.get(c).get(code));
        }
      }
      known.add(column("context_" + c, columns.get(c), kept, minCount));
    }
    return known;
  }

  private static ContextColumn column(
      String input, String name, List<String> values, int minCount) {
    if (values.isEmpty() || values.size() > ContextColumn.MAX_VALUES) {
      throw new UserError(
          UserError.Kind.INPUT,
          "context column ["
              + name
              + "] has "
              + values.size()
              + " values that "
              + minCount
              + " or more of the interactions to learn from have, expected 1 to "
              + ContextColumn.MAX_VALUES
              + "; "
              + (values.isEmpty() ? "lower" : "raise")
              + " --context-min-count or leave the column out");
    }
    return new ContextColumn(input, name, values);
  }
}
