// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/**
 * A file is refused; the message goes on from the file's name, one line of readable length whatever
 * names the file gives its tensors. Does not leave this package.
 */
final class GraphRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MOST = 1_000;
  private static final int MOST_OF_A_PART = 200;

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
    return new GraphRefusal("is refused: ", line(why, MOST));
  }

  /** Bytes that are no ONNX model. */
  static GraphRefusal noModel(String why) {
    return new GraphRefusal("is no ONNX model: ", line(why, MOST));
  }

  private static String line(String text, int most) {
    String shown = text.length() > most ? text.substring(0, most) + "..." : text;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  /** The same, of a part of the graph. */
  GraphRefusal at(String part) {
    return because(line(part, MOST_OF_A_PART) + ": " + why);
  }
}
