// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/** How one input of the scorer is filled, a row a hit. */
public sealed interface Feature {
  /** Floats a row. */
  int width();

  /**
   * Read from the index.
   *
   * @param name the scorer's input, for explanations
   * @param missing what each of the {@code width} values is where the doc has none
   */
  record Stored(String name, Column column, int width, float missing) implements Feature {}

  /** The first pass' score. */
  record FirstPass(String name) implements Feature {
    @Override
    public int width() {
      return 1;
    }
  }

  /** The scorer's input. */
  String name();
}
