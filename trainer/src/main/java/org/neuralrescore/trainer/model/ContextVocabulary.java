package org.neuralrescore.trainer.model;

import java.util.HashSet;
import java.util.List;

/**
 * The context that a scorer reads, one-hot: columns one behind the other, and of each column the
 * values that it knows. An absent value and one that is not here are a row of zeros.
 *
 * @param columns in the order of the scorer's context row; empty: it reads none
 */
public record ContextVocabulary(List<Column> columns) {
  /** Of a scorer that reads no context. */
  public static final ContextVocabulary NONE = new ContextVocabulary(List.of());

  public ContextVocabulary {
    columns = List.copyOf(columns);
    if (new HashSet<>(columns.stream().map(Column::name).toList()).size() != columns.size()) {
      throw new IllegalArgumentException("context columns expect different names: " + columns);
    }
  }

  /**
   * A column.
   *
   * @param name what a request calls it
   * @param values each once, at least one, in the order of the scorer's inputs
   */
  public record Column(String name, List<String> values) {
    /** The most values: the widest input of a scorer. */
    public static final int MAX_VALUES = 4096;

    /** The most characters of a name. */
    public static final int MAX_NAME = 128;

    /** The most characters of a value. */
    public static final int MAX_VALUE = 256;

    public Column {
      values = List.copyOf(values);
      if (name.isEmpty() || values.isEmpty() || values.size() > MAX_VALUES) {
        throw new IllegalArgumentException(
            "context column [" + name + "] expects 1 to " + MAX_VALUES + " values");
      }
      if (new HashSet<>(values).size() != values.size()) {
        throw new IllegalArgumentException("context column [" + name + "] has a value twice");
      }
    }

    /** The number of values. */
    public int width() {
      return values.size();
    }
  }

  /** The length of a context row. */
  public int width() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  /** Whether there is nothing to read. */
  public boolean isEmpty() {
    return columns.isEmpty();
  }
}
