// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One input of the scorer graph and where its values come from at search time. A new source is a
 * record here and a case in {@link InputReader}.
 */
public sealed interface InputSource {
  /** The graph's name for the input. */
  String name();

  /** Float values a row. */
  int width();

  /** The manifest's word for the source. */
  String source();

  /**
   * Whether the graph reads one row of it a search, shape {@code [1, width]}, and not one a hit.
   */
  default boolean isOncePerSearch() {
    return false;
  }

  /** What the manifest has beside name, source and width, in its order. */
  default Map<String, Object> moreKeys() {
    return Map.of();
  }

  /** The request's user. */
  record UserVector(String name, int width) implements InputSource {
    static final String SOURCE = "user_vector";

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public boolean isOncePerSearch() {
      return true;
    }
  }

  /** The newest items of the request's user; see {@link RecentSource}. */
  record RecentVector(String name, int width) implements InputSource {
    static final String SOURCE = "recent_vector";

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public boolean isOncePerSearch() {
      return true;
    }
  }

  /** The hit's {@code dense_vector} with its length restored; zeros where the doc has none. */
  record ItemVector(String name, int width, String field) implements InputSource {
    static final String SOURCE = "item_vector";

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public Map<String, Object> moreKeys() {
      return Map.of("field", field);
    }
  }

  /** The hit's numeric doc value (the smallest where there are several), or {@code missing}. */
  record DocValue(String name, String field, float missing) implements InputSource {
    static final String SOURCE = "doc_value";

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public Map<String, Object> moreKeys() {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("field", field);
      keys.put("missing", missing);
      return keys;
    }
  }

  /**
   * What the request says of itself under {@code column}, as one value of a vocabulary: one-hot.
   *
   * @param column the request's name for it, 1 to {@value #MAX_COLUMN} characters
   * @param values the vocabulary in the order of the graph's columns, each once
   */
  record Context(String name, String column, List<String> values) implements InputSource {
    static final String SOURCE = "context";

    /** The most characters of a column's name. */
    public static final int MAX_COLUMN = 128;

    /** The most characters of a value. */
    public static final int MAX_VALUE = 256;

    public Context {
      values = List.copyOf(values);
      if (values.isEmpty() || values.size() > Limits.WIDTH) {
        throw new InvalidBundleException(
            "manifest.json input ["
                + name
                + "] expects 1 to "
                + Limits.WIDTH
                + " values, got "
                + values.size());
      }
      if (column.isEmpty() || column.length() > MAX_COLUMN) {
        throw new InvalidBundleException(
            "manifest.json input ["
                + name
                + "] expects a column of 1 to "
                + MAX_COLUMN
                + " characters, got "
                + column.length());
      }
      for (String value : values) {
        if (value.isEmpty() || value.length() > MAX_VALUE) {
          throw new InvalidBundleException(
              "manifest.json input ["
                  + name
                  + "] expects values of 1 to "
                  + MAX_VALUE
                  + " characters, got one of "
                  + value.length());
        }
      }
      if (new HashSet<>(values).size() != values.size()) {
        throw new InvalidBundleException(
            "manifest.json input [" + name + "] expects every value once, got one twice");
      }
    }

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public int width() {
      return values.size();
    }

    @Override
    public boolean isOncePerSearch() {
      return true;
    }

    @Override
    public Map<String, Object> moreKeys() {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("column", column);
      keys.put("values", values);
      return keys;
    }

    /** Whether the model has seen the value. */
    public boolean knows(String value) {
      return values.contains(value);
    }

    /** The input's row: one 1, or zeros where the value is absent or not in the vocabulary. */
    public FloatVector row(Optional<String> value) {
      float[] row = new float[values.size()];
      int at = value.map(values::indexOf).orElse(-1);
      if (at >= 0) {
        row[at] = 1;
      }
      return FloatVector.of(row);
    }
  }

  /**
   * What the items that the user touched say of the hit, through its neighbours: the sum t of the
   * weights of those that both have, each times what it weighs in the history and, of width 3, how
   * many those are and the largest term, not below 0.
   *
   * @param width 1: t alone; 3: t, matches, largest
   * @param field the hit's neighbours, a {@link NeighbourList} in a {@code binary} with doc values
   * @param ordinals an item's own ordinal, a number with doc values: by it a history finds its
   *     items
   */
  record ItemNeighbours(String name, int width, String field, String ordinals)
      implements InputSource {
    static final String SOURCE = "item_neighbours";

    public ItemNeighbours {
      if (width != 1 && width != 3) {
        throw new InvalidBundleException(
            "manifest.json input ["
                + name
                + "] of source item_neighbours expects width 1 or 3, got "
                + width);
      }
    }

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public Map<String, Object> moreKeys() {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("field", field);
      keys.put("ordinals", ordinals);
      return keys;
    }
  }

  /** The query's score of the hit. */
  record FirstPass(String name) implements InputSource {
    static final String SOURCE = "first_pass";

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public int width() {
      return 1;
    }
  }
}
