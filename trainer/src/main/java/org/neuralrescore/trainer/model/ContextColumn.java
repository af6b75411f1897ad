package org.neuralrescore.trainer.model;

/**
 * Some values that a request brings, the same for all items of a run: one input of the scorer's
 * graph of the shape {@code [1, width]}.
 *
 * @param name of the input
 * @param width values, 1 for a number
 */
public record ContextColumn(String name, int width) {
  public ContextColumn {
    if (!name.matches("[a-z][a-z0-9_]{0,63}") || width < 1) {
      throw new IllegalArgumentException(
          "a context column expects a name of lower-case letters, digits and _ and a width of at"
              + " least 1, got ["
              + name
              + "] of "
              + width);
    }
  }
}
