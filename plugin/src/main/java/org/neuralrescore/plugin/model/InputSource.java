package org.neuralrescore.plugin.model;

/** One input of the scorer graph and where its values come from at search time. */
public sealed interface InputSource {
  /** The graph's name for the input. */
  String name();

  /** Float values a row. */
  int width();

  /** The request's user: shape {@code [1, width]}; every other source has a row a hit. */
  record UserVector(String name, int width) implements InputSource {}

  /** The hit's {@code dense_vector} with its length restored; zeros where the doc has none. */
  record ItemVector(String name, int width, String field) implements InputSource {}

  /** The hit's numeric doc value (the smallest where there are several), or {@code missing}. */
  record DocValue(String name, String field, float missing) implements InputSource {
    @Override
    public int width() {
      return 1;
    }
  }

  /** The query's score of the hit. */
  record FirstPass(String name) implements InputSource {
    @Override
    public int width() {
      return 1;
    }
  }
}
