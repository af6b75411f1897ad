// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/** The element types that are taken: what a scorer computes with, and what shapes are said in. */
enum ElementType {
  FLOAT(1, 4, "float32"),
  INT64(7, 8, "int64"),
  BOOL(9, 1, "bool");

  private final int number;
  private final int bytes;
  private final String text;

  ElementType(int number, int bytes, String text) {
    this.number = number;
    this.bytes = bytes;
    this.text = text;
  }

  /** The number of {@code TensorProto.DataType}. */
  int number() {
    return number;
  }

  /** Bytes of one element. */
  int bytes() {
    return bytes;
  }

  static ElementType of(long number) {
    for (ElementType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    throw GraphRefusal.has(
        "a tensor of element type "
            + number
            + ": float32 (1) is computed with, bool (9) compared with, int64 (7) says shapes");
  }

  @Override
  public String toString() {
    return text;
  }
}
