// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * Some columns of an item's feature row that come from one place: one input of the scorer's graph,
 * one field of a published item.
 *
 * @param name of the input, and of the field before its generation, such as {@code popularity}
 * @param kind how a document keeps it
 * @param width columns, 1 for a number
 */
public record FeatureBlock(String name, Kind kind, int width) {
  /** How a document keeps a block. */
  public enum Kind {
    /** One number, a doc value. */
    NUMBER,
    /** A {@code dense_vector}. */
    VECTOR
  }

  public FeatureBlock {
    if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
      throw new IllegalArgumentException(
          "a feature block's name expects a lower-case letter, then letters, digits and _, got ["
              + name
              + "]");
    }
    if (width < 1 || (kind == Kind.NUMBER && width != 1)) {
      throw new IllegalArgumentException(
          "feature block ["
              + name
              + "] expects a width of "
              + (kind == Kind.NUMBER ? "1" : "1 or more")
              + ", got "
              + width);
    }
  }

  /** A block of one number. */
  public static FeatureBlock number(String name) {
    return new FeatureBlock(name, Kind.NUMBER, 1);
  }

  /** A block that is a vector. */
  public static FeatureBlock vector(String name, int width) {
    return new FeatureBlock(name, Kind.VECTOR, width);
  }
}
