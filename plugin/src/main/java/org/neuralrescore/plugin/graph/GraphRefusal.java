// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/** A file is refused; the message goes on from the file's name. Does not leave this package. */
final class GraphRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  private GraphRefusal(String kind, String why) {
    super(kind + why, null, false, false);
    this.why = why;
  }

  /** What the file has and must not. */
  static GraphRefusal has(String what) {
    return because("it has " + what);
  }

  /** What is wrong with the graph. */
  static GraphRefusal because(String why) {
    return new GraphRefusal("is refused: ", why);
  }

  /** Bytes that are no ONNX model. */
  static GraphRefusal noModel(String why) {
    return new GraphRefusal("is no ONNX model: ", why);
  }

  /** The same, of a part of the graph. */
  GraphRefusal at(String part) {
    return because(part + ": " + why);
  }
}
